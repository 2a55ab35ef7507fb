"""Packages by what they do with SIGTERM where they are imported or started.

Three answers: a package that installs a handler, one that surely does not, and any other: not
known.  Only an app all of whose imports surely do not can be said to have no handler.
Sources: the packages' repositories (search for SIGTERM in what is published).
"""

from __future__ import annotations

NODE_HANDLING: frozenset[str] = frozenset(
    ("@godaddy/terminus", "http-graceful-shutdown", "lightship", "close-with-grace",
     "fastify-graceful-shutdown", "express-graceful-shutdown", "moleculer", "node-graceful",
     "@moebius/http-graceful-shutdown", "death", "exit-hook", "async-exit-hook", "probot",
     "apollo-server", "apollo-server-express", "@apollo/server", "puppeteer", "playwright",
     "next", "pm2", "@prisma/client", "throng", "nodemon", "graceful-shutdown-manager")
)  # fmt: skip
"""npm packages that install a handler for SIGTERM, or do so by default when started."""

NODE_QUIET: frozenset[str] = frozenset(
    ("express", "koa", "fastify", "connect", "restify", "body-parser", "cookie-parser", "cors",
     "helmet", "morgan", "compression", "express-session", "multer", "serve-static",
     "serve-favicon", "method-override", "errorhandler", "http-errors", "debug", "dotenv", "axios",
     "node-fetch", "request", "got", "lodash", "underscore", "moment", "dayjs", "date-fns", "uuid",
     "nanoid", "ws", "socket.io", "mysql", "mysql2", "pg", "redis", "ioredis", "mongodb",
     "mongoose", "sequelize", "sqlite3", "better-sqlite3", "knex", "amqplib", "async", "bluebird",
     "chalk", "winston", "pino", "ejs", "pug", "jade", "handlebars", "hbs", "express-handlebars",
     "consolidate", "swig", "marked", "passport", "passport-local", "jsonwebtoken", "bcrypt",
     "bcryptjs", "bcrypt-nodejs", "joi", "ajv", "yup", "zod", "express-validator", "validator",
     "yaml", "js-yaml", "minimist", "commander", "yargs", "prom-client", "response-time",
     "forever-agent", "csurf", "connect-mongo", "connect-redis", "needle", "xml2js", "semver",
     "node-esapi", "express-rate-limit", "@koa/router", "koa-router", "koa-bodyparser",
     "nodemailer",
     "http-proxy", "http-proxy-middleware", "express-http-proxy", "responselike", "cookie-session",
     "node-cron", "node-schedule", "cron", "eventsource", "os-utils", "path-to-regexp", "mime",
     "mime-types", "qs", "url-parse", "bunyan", "log4js", "@fastify/cors", "@fastify/static",
     "rotating-file-stream", "wait-port", "dateformat", "express-promise-router", "graphql",
     "express-graphql", "reflect-metadata", "class-validator", "class-transformer", "rxjs",
     "@nestjs/common", "@nestjs/core", "@nestjs/platform-express", "@grpc/grpc-js",
     "@grpc/proto-loader", "google-protobuf")
)  # fmt: skip
"""npm packages that install no handler for SIGTERM."""

PYTHON_HANDLING: frozenset[str] = frozenset(
    ("uvicorn", "gunicorn", "hypercorn", "celery", "twisted", "dramatiq", "rq", "granian",
     "telegram", "aiogram", "sanic", "daphne", "locust", "luigi", "prefect", "dagster",
     "nameko", "circus", "graceful_shutdown", "arq", "huey", "pyspark", "ray")
)  # fmt: skip
"""Python modules that install a handler for SIGTERM when started."""

PYTHON_QUIET: frozenset[str] = frozenset(
    ("flask", "werkzeug", "jinja2", "click", "requests", "urllib3", "redis", "pymongo", "psycopg2",
     "psycopg", "pymysql", "MySQLdb", "mysql", "sqlalchemy", "flask_sqlalchemy", "flask_cors",
     "flask_migrate", "flask_login", "flask_wtf", "flask_restful", "flask_redis", "marshmallow",
     "numpy", "pandas", "yaml", "dotenv", "bs4", "lxml", "pydantic", "jwt", "pika", "boto3",
     "botocore", "dateutil", "pytz", "simplejson", "ujson", "orjson", "jsonschema", "httpx",
     "attr", "attrs", "structlog", "loguru", "prometheus_client", "grpc", "google.protobuf",
     "six", "tqdm", "faker", "schedule", "bottle", "peewee", "markdown", "bcrypt", "passlib",
     "itsdangerous", "markupsafe", "typing_extensions", "cachetools", "tabulate", "colorama",
     "pythonjsonlogger", "elasticsearch", "confluent_kafka", "grpc_health", "rich", "toml",
     "certifi", "idna", "cryptography", "googlemaps", "stripe", "feedparser", "opentelemetry",
     "github", "google", "googlecloudprofiler")
)  # fmt: skip
"""Python modules that install no handler for SIGTERM."""

NODE_REGISTERS = (
    r"SIGTERM|SIGINT|enableShutdownHooks|gracefulShutdown|process\.on(?:ce)?\(\s*[^'\"`\s]"
)
"""What in a JavaScript or TypeScript source may install a handler; a name in place of the literal
counts, as in `for (const s of signals) process.on(s, …)`."""

PYTHON_REGISTERS = (
    r"SIGTERM|signal\.signal|add_signal_handler|run_app\(|sigwait|set_wakeup_fd|faulthandler"
)
"""What in a Python source may install a handler; `run_app` is aiohttp's, which installs one."""

PYTHON_RELOADS = r"debug\s*=\s*(?!False)|use_reloader\s*=\s*(?!False)|reload\s*=\s*True"
"""What starts a reloader in another process.  Source: werkzeug, _reloader.py, which installs a
handler for SIGTERM."""

NODE_RUNS_ON = (
    r"\.listen\(|createServer|setInterval|while\s*\(\s*(?:true|1)\s*\)|bindAsync|\.login\("
)
PYTHON_RUNS_ON = (
    r"while[ \t]+(?:True|1)\b|(?<!subprocess)\.run\(|serve_forever|wait_for_termination"
    r"|run_forever|infinity_polling|start_consuming|run_polling|\.serve\(|make_server|\.polling\(|start_server|\.launch\("
)
"""What in a source shows that the program runs until it is stopped; one that ends by itself needs
no handler."""
