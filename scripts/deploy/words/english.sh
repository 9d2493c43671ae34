# shellcheck shell=bash disable=SC2034
# What an update says in English. Keys and places for values are the same in every language.

sentences=(
	[usage]='Usage: scripts/ssh_deploy.sh HOST [--yes] [--dry-run] [--rollback] [--version TAG] [--lang en|es]
  HOST               as ssh takes it: root@bot.example, or a name of ~/.ssh/config; an account that is not root needs sudo without a password
  --yes              asks nothing
  --dry-run          looks at the server and shows what it would do
  --rollback         goes back to the version before
  --version TAG      a tag or commit; without it, what is committed here
  --known-hosts FILE, --identity FILE, --port N   for ssh
  --trust-new-host   takes the key of a server that was never seen; one that has changed is refused all the same
  --patience N       seconds for a start, and for an answer to the question that is asked (40)
  --no-backup        where the database is backed up elsewhere
See docs/operations.md, "Update".'

	[stopped]='Stopped: '
	[option_unknown]='%s is no option; scripts/ssh_deploy.sh --help shows them all.'
	[option_without_value]='%s needs a value behind it.'
	[language_unknown]='"%s" is not spoken here; choose --lang en or --lang es.'
	[not_a_number]='%s takes a number from 1 on.'
	[one_host]='one server at a time: name one HOST.'
	[no_host]='name the server: scripts/ssh_deploy.sh HOST.'
	[not_a_terminal]='nobody can be asked here: give --yes.'
	[version_unknown]='git here knows no version %s; git fetch --tags brings them.'
	[version_without_git]='--version needs the git repository; without it the files that lie here are sent.'
	[not_committed]='Beware: what is not committed here is not sent.'
	[host_unknown]='the key of %s is not known here; compare it with the server and add it to known_hosts, or give --trust-new-host.'
	[host_changed]='the key of %s is not the known one: another server answers, or it was installed anew. Find out which before you remove the old key.'
	[key_refused]='%s refuses this account or key.'
	[no_root]='the account on %s may not use sudo without a password.'
	[not_reached]='%s was not reached (%s).'
	[not_looked]='%s does not answer as it should; try again.'
	[not_installed]='there is no bot as a service of systemd on %s; run scripts/setup.sh --no-docker there first.'
	[busy]='Another update is running on this server; wait for its end.'
	[no_previous]='there is no older version on this server to go back to.'
	[declined]='you did not say yes.'
	[sending_failed]='the program could not be sent; nothing was changed.'

	[plan_update]='%s: from %s to %s.'
	[plan_rollback]='%s: from %s back to %s.'
	[plan_server]='The new version starts beside the old one, is asked a question, and takes its place; somebody answers all the time.'
	[plan_embedded]='The embedded database lets one process in: nobody answers for some seconds, and what is asked meanwhile is answered afterwards where the platform keeps it.'
	[plan_without_backup]='No backup is made.'
	[rehearsal_ends]='That was a rehearsal: nothing was changed.'
	[shall_i_begin]='Begin? [y/N]'
	[sending]='Sending the program.'

	[step_check]='Looking at the server.'
	[step_install]='Installing the program beside the old one.'
	[step_migration_check]='Looking whether the database can be brought to this version.'
	[step_backup]='Backing up the database.'
	[backed_up]='Backed up to %s (%s kB).'
	[step_migrate]='Bringing the database to this version; the old one goes on with it.'
	[step_rehearse]='Starting %s beside the old version, where nobody can ask it, and asking it a question.'
	[step_beside]='Letting %s answer people beside the old version.'
	[step_pause]='Stopping the old version; nobody answers from now on.'
	[step_switch]='Putting %s in its place.'
	[step_watch]='Watching it for a while.'
	[step_retire]='Letting the process beside end what it is answering.'
	[step_remember]='Remembering %s as good.'
	[finished]='Done: %s answers. Back to %s: the same command with --rollback.'
	[finished_before]='Nothing to do: %s is on the server already.'

	[failed_at]='Failed at step %s: '
	[failed_disk_short]='%s MB of disk are free and %s MB are needed.'
	[failed_memory_short]='%s MB of memory are free and %s MB are needed for a second process.'
	[failed_not_running]='%s does not run; start it first.'
	[failed_unseen]='root may not look at the process of %s here, so nobody could tell which version runs.'
	[failed_other_release]='%s runs, but %s should; restart the service first.'
	[failed_no_previous]='there is no older version to go back to.'
	[failed_install_failed]='the program could not be installed (%s).'
	[failed_migration_refused]='the database cannot be brought to this version (%s).'
	[failed_migration_failed]='the migration stopped and left nothing half done (%s).'
	[failed_backup_elsewhere]='the database is on another machine; back it up there and give --no-backup.'
	[failed_backup_failed]='the database could not be backed up (%s).'
	[failed_backup_empty]='the backup of the database has no data.'
	[failed_not_started]='systemd did not start %s.'
	[failed_not_ready]='the new version takes no messages in (%s).'
	[failed_no_answer]='the new version did not answer a question (%s).'
	[failed_wrong_answer]='the new version answered something else than it was asked.'
	[failed_died]='the new version ended by itself (%s).'
	[failed_memory]='the new version takes too much memory (%s MB).'
	[failed_parts_down]='parts that were up before are down with the new version (%s).'
	[failed_interrupted]='the update was told to stop.'
	[failed_unexpected]='something that nobody expected at %s.'
	[put_back]='%s is in its place and answers.'
	[not_put_back]='The old version could not be put back either: look at %s now (systemctl status openccb, journalctl -u openccb).'
	[lost]='The connection to %s broke. The server goes on by itself, to the end or back: /var/lib/openccb-deploy/runs/%s tells.'
)
