"""The command line: commands, options, exit codes; the only place that prints or exits."""
