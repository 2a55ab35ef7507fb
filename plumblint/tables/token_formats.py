r"""Tokens that providers mark as theirs: what they begin with, and what makes one genuine.

A row: the marks (a token is looked for only where one of them stands), how
many characters of the token stand before the mark, the pattern of the whole
token, whose it is, and the check (see `plumblint.project.secrets.checksums`;
empty where the pattern must do).  Patterns are anchored at the token's start,
bounded in every repetition, and end where their alphabet ends, so that none is
found inside a longer blob.

Left out on purpose: what is an id and no secret (`AROA…`, `AC…` of Twilio), what is meant to
be public (`pk_live_`), and what is bare hex or a UUID: git hashes look the same.

Sources: the providers' documentation of their formats, named in each group.
"""

from __future__ import annotations

TokenFormat = tuple[tuple[str, ...], int, str, str, str]

_END = r"(?![A-Za-z0-9_-])"
_WORD = r"(?![A-Za-z0-9_])"

TOKEN_FORMATS: tuple[TokenFormat, ...] = (
    # Code hosts: docs.github.com "token formats", docs.gitlab.com "token prefixes"
    (
        ("ghp_", "gho_", "ghu_"), 0, rf"gh[pou]_[A-Za-z0-9]{{36}}{_WORD}",
        "GitHub token", "github",
    ),
    (("ghs_",), 0, rf"ghs_[A-Za-z0-9]{{36}}{_WORD}", "GitHub app token", ""),
    (("ghr_",), 0, rf"ghr_[A-Za-z0-9]{{76}}{_WORD}", "GitHub refresh token", "github"),
    (
        ("github_pat_",), 0, rf"github_pat_[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}{_WORD}",
        "GitHub fine-grained token", "github-fine",
    ),
    (
        ("glpat-", "glrt-", "glft-", "gldt-", "glsoat-", "glffct-"), 0,
        rf"gl(?:pat|rt|ft|dt|soat|ffct)-[A-Za-z0-9_-]{{20}}{_END}", "GitLab token", "",
    ),
    (
        ("glpat-", "glrt-"), 0,
        r"gl(?:pat|rt)-[A-Za-z0-9_-]{27,300}\.[0-9a-z]{2}\.[0-9a-z]{9}(?![0-9a-z])",
        "GitLab token", "gitlab",
    ),
    (("glptt-",), 0, rf"glptt-[0-9a-f]{{40}}{_END}", "GitLab pipeline trigger token", ""),
    (
        ("glcbt-",), 0,
        rf"glcbt-[0-9a-zA-Z]{{1,5}}_[0-9a-zA-Z_-]{{20}}{_END}",
        "GitLab job token", "",
    ),
    (("gloas-",), 0, rf"gloas-[0-9a-zA-Z_-]{{64}}{_END}", "GitLab OAuth secret", ""),
    (("glagent-",), 0, rf"glagent-[0-9a-zA-Z_-]{{50}}{_END}", "GitLab agent token", ""),
    (("GR1348941",), 0, rf"GR1348941[A-Za-z0-9_-]{{20}}{_END}", "GitLab runner token", ""),
    (
        ("ATATT3", "ATCTT3"), 0, rf"AT[AC]TT3[A-Za-z0-9_=-]{{60,300}}=[0-9A-F]{{8}}{_WORD}",
        "Atlassian token", "atlassian",
    ),
    # Clouds: docs of IAM identifiers, of Google API keys, of Azure Storage and Entra ID
    (
        ("AKIA", "ASIA", "ABIA", "ACCA"), 0, rf"A(?:KI|SI|BI|CC)A[A-Z2-7]{{16}}{_WORD}",
        "AWS access key id", "",
    ),
    (("ABSK",), 0, r"ABSK[A-Za-z0-9+/]{109,269}={0,2}(?![A-Za-z0-9+/=])", "AWS Bedrock key", ""),
    (("AIza",), 0, rf"AIza[A-Za-z0-9_-]{{35}}{_END}", "Google API key", ""),
    (("GOCSPX-",), 0, rf"GOCSPX-[A-Za-z0-9_-]{{28}}{_END}", "Google OAuth client secret", ""),
    (
        ("AccountKey=",), 0, r"AccountKey=(?P<secret>[A-Za-z0-9+/]{86}==)(?!=)",
        "Azure storage account key", "",
    ),
    (
        ("Q~",), 4,
        rf"[A-Za-z0-9_~.]{{3}}\dQ~[A-Za-z0-9_~.-]{{31,34}}{_END}",
        "Azure client secret", "",
    ),
    (
        ("dop_v1_", "doo_v1_", "dor_v1_"), 0, rf"do[por]_v1_[0-9a-f]{{64}}{_WORD}",
        "DigitalOcean token", "",
    ),
    (("LTAI",), 0, rf"LTAI[A-Za-z0-9]{{17,20}}{_WORD}", "Alibaba access key id", ""),
    (("HRKU-AA",), 0, rf"HRKU-AA[A-Za-z0-9_-]{{58}}{_END}", "Heroku API key", ""),
    (("fm1r_", "fm1a_", "fm2_"), 0, r"fm(?:1[ar]|2)_[A-Za-z0-9+/]{100,}={0,3}", "Fly.io token", ""),
    (("nfp_",), 0, rf"nfp_[A-Za-z0-9]{{36}}{_WORD}", "Netlify token", ""),
    (("vcp_",), 0, rf"vcp_[A-Za-z0-9]{{56}}{_WORD}", "Vercel token", "github"),
    (("sbp_",), 0, rf"sbp_[0-9a-f]{{40}}{_WORD}", "Supabase token", ""),
    (
        ("pscale_",), 0,
        rf"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_=.-]{{32,64}}{_END}",
        "PlanetScale token", "",
    ),
    # Package registries: docs.npmjs.com, docs.pypi.org, guides.rubygems.org, hub.docker.com
    (("npm_",), 0, rf"npm_[A-Za-z0-9]{{36}}{_WORD}", "npm token", "github"),
    (
        ("pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"), 0,
        rf"pypi-AgE[A-Za-z0-9_-]{{80,500}}{_END}", "PyPI token", "",
    ),
    (("rubygems_",), 0, rf"rubygems_[0-9a-f]{{48}}{_WORD}", "RubyGems key", ""),
    (("oy2",), 0, rf"oy2[a-z0-9]{{43}}{_WORD}", "NuGet key", "mixed"),
    (("dckr_pat_",), 0, rf"dckr_pat_[A-Za-z0-9_-]{{27}}{_END}", "Docker Hub token", ""),
    (("dckr_oat_",), 0, rf"dckr_oat_[A-Za-z0-9_-]{{32}}{_END}", "Docker Hub token", ""),
    (("AKCp",), 0, rf"AKCp[A-Za-z0-9]{{69}}{_WORD}", "JFrog API key", ""),
    # Orchestration and infrastructure: docs.docker.com swarm, developer.hashicorp.com, …
    (
        ("SWMTKN-1-",), 0,
        rf"SWMTKN-1-[0-9a-z]{{50}}-[0-9a-z]{{25}}{_WORD}",
        "Docker Swarm join token", "",
    ),
    (
        ("SWMKEY-1-",), 0,
        r"SWMKEY-1-[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])",
        "Docker Swarm unlock key", "",
    ),
    (("hvs.",), 0, rf"hvs\.[A-Za-z0-9_-]{{90,120}}{_END}", "Vault token", ""),
    (("hvb.",), 0, rf"hvb\.[A-Za-z0-9_-]{{138,300}}{_END}", "Vault batch token", ""),
    (
        (".atlasv1.",), 14,
        rf"[A-Za-z0-9]{{14}}\.atlasv1\.[A-Za-z0-9_=-]{{60,70}}{_END}",
        "Terraform Cloud token", "",
    ),
    (("dapi",), 0, rf"dapi[0-9a-f]{{32}}(?:-\d)?{_END}", "Databricks token", ""),
    (("pul-",), 0, rf"pul-[0-9a-f]{{40}}{_END}", "Pulumi token", ""),
    (
        ("dp.",), 0,
        rf"dp\.(?:pt|ct|sa|scim|audit|st\.[a-z0-9_-]{{2,35}}|st)\.[A-Za-z0-9]{{40,44}}{_WORD}",
        "Doppler token", "",
    ),
    (
        ("tskey-",), 0,
        rf"tskey-[a-z]{{2,12}}-[A-Za-z0-9]{{8,32}}-[A-Za-z0-9]{{20,40}}{_WORD}",
        "Tailscale key", "",
    ),
    (
        ("AGE-SECRET-KEY-1",), 0,
        rf"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{{58}}{_WORD}",
        "age private key", "",
    ),
    (
        ("ops_eyJ",), 0,
        r"ops_eyJ[A-Za-z0-9+/_-]{250,4000}={0,3}",
        "1Password service account token", "",
    ),
    (
        ("v1.0-",), 0,
        rf"v1\.0-[0-9a-f]{{24}}-[0-9a-f]{{146}}{_WORD}",
        "Cloudflare origin CA key", "",
    ),
    # Messaging: api.slack.com, discord.com/developers, learn.microsoft.com Teams, twilio.com
    (
        ("xoxb-", "xoxp-", "xoxe-"), 0,
        rf"xox[bpe]-\d{{10,13}}-\d{{10,13}}[A-Za-z0-9-]{{20,150}}{_END}",
        "Slack token", "",
    ),
    (
        ("xapp-",), 0,
        rf"xapp-\d-[A-Z0-9]{{9,15}}-\d{{10,15}}-[a-z0-9]{{40,80}}{_WORD}",
        "Slack app token", "",
    ),
    (
        ("hooks.slack.com/services/",), 0,
        rf"hooks\.slack\.com/services/T[A-Z0-9]{{8,12}}/B[A-Z0-9]{{8,12}}/[A-Za-z0-9]{{23,25}}{_WORD}",
        "Slack webhook address", "",
    ),
    (
        ("discord.com/api/webhooks/", "discordapp.com/api/webhooks/"), 0,
        rf"discord(?:app)?\.com/api/webhooks/\d{{17,22}}/[A-Za-z0-9_-]{{68}}{_END}",
        "Discord webhook address", "",
    ),
    (("SG.",), 0, rf"SG\.[A-Za-z0-9_-]{{21}}[AQgw]\.[A-Za-z0-9_-]{{43}}{_END}", "SendGrid key", ""),
    (("xkeysib-",), 0, rf"xkeysib-[0-9a-f]{{64}}-[A-Za-z0-9]{{16}}{_WORD}", "Brevo key", ""),
    # Money: docs.stripe.com, developer.squareup.com, developer.paypal.com, shopify.dev
    (
        ("sk_live_", "rk_live_"), 0,
        rf"[sr]k_live_[A-Za-z0-9]{{20,247}}{_WORD}",
        "Stripe live key", "",
    ),
    (("whsec_",), 0, rf"whsec_[A-Za-z0-9+/]{{32,64}}={{0,2}}{_END}", "Stripe webhook secret", ""),
    (("sq0csp-",), 0, rf"sq0csp-[A-Za-z0-9_-]{{43}}{_END}", "Square secret", ""),
    (
        ("access_token$production$",), 0,
        rf"access_token\$production\$[a-z0-9]{{16}}\$[0-9a-f]{{32}}{_WORD}",
        "Braintree token", "",
    ),
    (
        ("shpat_", "shpca_", "shppa_", "shpss_"), 0,
        rf"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{{32}}{_WORD}",
        "Shopify token", "",
    ),
    # Models: platform.openai.com, docs.anthropic.com, huggingface.co/docs, console.groq.com, …
    (
        ("sk-proj-", "sk-svcacct-", "sk-admin-"), 0,
        rf"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{{58,74}}T3BlbkFJ[A-Za-z0-9_-]{{58,74}}{_END}",
        "OpenAI key", "",
    ),
    (("T3BlbkFJ",), 23, rf"sk-[A-Za-z0-9]{{20}}T3BlbkFJ[A-Za-z0-9]{{20}}{_WORD}", "OpenAI key", ""),
    (
        ("sk-ant-",), 0,
        rf"sk-ant-(?:api|admin|oat)\d\d-[A-Za-z0-9_-]{{93}}AA{_END}",
        "Anthropic key", "",
    ),
    (("hf_",), 0, rf"hf_[A-Za-z]{{34}}{_WORD}", "Hugging Face token", "mixed-case"),
    (("gsk_",), 0, rf"gsk_[A-Za-z0-9]{{20}}WGdyb3FY[A-Za-z0-9]{{24}}{_WORD}", "Groq key", ""),
    (("xai-",), 0, rf"xai-[A-Za-z0-9_]{{80}}{_END}", "xAI key", ""),
    (("pplx-",), 0, rf"pplx-[A-Za-z0-9]{{48}}{_WORD}", "Perplexity key", ""),
    (("r8_",), 0, rf"r8_[A-Za-z0-9]{{37}}{_WORD}", "Replicate token", ""),
    (("lsv2_",), 0, rf"lsv2_(?:pt|sk)_[0-9a-f]{{32}}_[0-9a-f]{{10}}{_WORD}", "LangSmith key", ""),
    # Watching and CI: grafana.com, docs.sentry.io, docs.newrelic.com, docs.sonarsource.com, …
    (("glsa_",), 0, rf"glsa_[A-Za-z0-9]{{32}}_[0-9a-fA-F]{{8}}{_WORD}", "Grafana token", ""),
    (("sntrys_",), 0, r"sntrys_eyJ[A-Za-z0-9+/=_-]{80,600}", "Sentry organisation token", ""),
    (("sntryu_",), 0, rf"sntryu_[0-9a-f]{{64}}{_WORD}", "Sentry user token", ""),
    (("NRAK-",), 0, rf"NRAK-[A-Z0-9]{{27}}{_WORD}", "New Relic key", ""),
    (("squ_", "sqp_", "sqa_"), 0, rf"sq[pau]_[0-9a-f]{{40}}{_WORD}", "SonarQube token", ""),
    (("bkua_",), 0, rf"bkua_[0-9a-f]{{40}}{_WORD}", "Buildkite token", ""),
    (("CCIPAT_",), 0, rf"CCIPAT_[A-Za-z0-9]{{22}}_[0-9a-f]{{40}}{_WORD}", "CircleCI token", ""),
    # Work: linear.app, postman.com, figma.com, notion.com, airtable.com
    (("lin_api_",), 0, rf"lin_api_[A-Za-z0-9]{{40}}{_WORD}", "Linear key", ""),
    (("PMAK-",), 0, rf"PMAK-[0-9a-f]{{24}}-[0-9a-f]{{34}}{_WORD}", "Postman key", ""),
    (("figd_",), 0, rf"figd_[A-Za-z0-9_-]{{40}}{_END}", "Figma token", ""),
    (("ntn_",), 0, rf"ntn_\d{{11}}[A-Za-z0-9]{{35}}{_WORD}", "Notion token", ""),
)  # fmt: skip
"""Marks, characters before the mark, pattern, whose, check."""

PUBLIC_SAMPLES = frozenset(
    (
        "AKIAIOSFODNN7EXAMPLE",  # the AWS documentation
        "AKIAI44QH8DHBEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    )
)
"""Values that providers publish as samples; the last is the key of the Azurite emulator."""
