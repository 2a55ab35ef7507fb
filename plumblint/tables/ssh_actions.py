"""Actions that copy to a server or run a script there, over SSH, SFTP or FTP.

Source of each row: the `action.yml` of the repository of that name on GitHub.
"""

from __future__ import annotations

SSH_ACTIONS: dict[str, tuple[str, ...]] = {
    "appleboy/ssh-action": ("script",),
    "appleboy/scp-action": (),
    "burnett01/rsync-deployments": (),
    "cross-the-world/ssh-scp-ssh-pipelines": ("first_ssh", "last_ssh"),
    "cross-the-world/scp-pipeline": (),
    "cross-the-world/ssh-pipeline": ("script",),
    "d3rhase/ssh-command-action": ("command",),
    "easingthemes/ssh-deploy": ("script_before", "script_after"),
    "fifsky/ssh-action": ("command",),
    "garygrossgarten/github-action-scp": (),
    "garygrossgarten/github-action-ssh": ("command",),
    "ssh-action/ssh-action": ("script",),
    "matheusvanzan/sshpass-action": ("run",),
    "samkirkland/ftp-deploy-action": (),
    "samkirkland/web-deploy": (),
    "wlixcc/sftp-deploy-action": (),
    "wangyucode/sftp-upload-action": (),
    "contention/rsync-deployments": (),
    "up9cloud/action-rsync": ("pre_script", "post_script"),
}
"""By lower-case name: the inputs that hold a script for the server."""
