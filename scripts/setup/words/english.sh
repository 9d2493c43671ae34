# shellcheck shell=bash disable=SC2034
# What the setup says in English. Keys and places for values are the same in every language.

short_language=en
sentences=(
	[usage]='Usage: sudo scripts/setup.sh [--no-docker | --docker] [--yes] [--dry-run] [--lang en|es]
  --no-docker               services of systemd instead of containers
  --yes                     asks nothing; what is not answered keeps its default
  --dry-run                 shows what it would do
  --secret NAME=FILE        a secret setting from a file, such as SLACK_BOT_TOKEN=./token; or put NAME into the environment
  --set NAME=VALUE          any other setting of the program, such as TEAMS_APP_ID=…
  --model NAME              the model that answers; --embedding-model NAME the one for documents
  --ollama ADDRESS          where Ollama runs, if not here
  --admins LIST             who administrates, as slack:T0123:U0123
  --domain NAME             the name under which Slack or Teams reach this server
  --database server|embedded  PostgreSQL, or the database within the program for small companies (--no-docker)
  --monitoring              starts Prometheus, Grafana and Alertmanager, too (containers)
  --no-backups              no backup by night: somebody makes them otherwise
  --cpu                     accepts that a graphics card is not used
See docs/operations.md.'

	[stopped]='Stopped: '
	[option_unknown]='%s is no option; scripts/setup.sh --help shows them all.'
	[option_without_value]='%s needs a value behind it.'
	[language_unknown]='"%s" is not spoken here; choose --lang en or --lang es.'
	[database_unknown]='--database is server or embedded, not "%s".'
	[setting_unreadable]='The setting %s must be NAME=VALUE in one line without quotes or backslashes.'
	[secret_as_setting]='%s is a secret, and everybody on this machine sees a command line: give it as --secret NAME=FILE or in the environment.'
	[secret_unknown]='%s is no secret setting of the program; give other settings with --set.'
	[already_running]='Another setup is running on this server; wait for its end.'
	[not_a_terminal]='Nobody can be asked here: give --yes and the answers as options (--help).'
	[failed_at]='Something that nobody expected failed in %s, line %s (phase %s).'
	[interrupted]='Interrupted in the phase %s.'
	[run_again]='Once that is mended, run the same command again: it goes on where it stopped.'
	[nothing_changed]='Nothing was changed.'

	[checking]='Looking at this server. Nothing is changed yet.'
	[not_root]='it must run as root: put sudo in front of the command.'
	[system_unknown]='%s is not known here; the bot runs on Debian 12, Ubuntu 22.04 with Docker, Ubuntu 24.04, and newer ones of both.'
	[system_too_old]='%s is too old; take Debian 12, Ubuntu 22.04 with Docker, Ubuntu 24.04, or a newer one.'
	[no_systemd]='systemd does not run here, and it is what starts the bot; take a whole server or virtual machine.'
	[processor_unknown]='the processor is %s; the bot runs on x86_64 and aarch64.'
	[memory_short]='this server has %s MB of memory and needs %s MB; add memory, or let the models run elsewhere (--ollama).'
	[disk_short]='only %s GB are free below /var and %s GB are needed; make room or enlarge the disk.'
	[port_taken]='port %s is taken by another program (ss -tlnp shows which); stop that one, or choose another port with --set PORT=….'
	[no_names]='the name %s cannot be found, so DNS does not work here; look at /etc/resolv.conf.'
	[clock_off]='the clock is %s seconds off, and platforms refuse more than %s; set it with timedatectl set-ntp true.'
	[driver_missing]='there is a graphics card of %s but no driver for it (%s is missing); install the driver and restart, or give --cpu to do without the card.'
	[engine_missing]='Docker is not installed, and your distribution has none of version %s or newer; follow https://docs.docker.com/engine/install/ or take --no-docker.'
	[engine_silent]='Docker is installed but does not answer; start it with systemctl start docker.'
	[engine_too_old]='Docker is %s and must be %s or newer; follow https://docs.docker.com/engine/install/ or take --no-docker.'
	[compose_too_old]='docker compose is missing or older than %s; install the package docker-compose-plugin or docker-compose-v2.'
	[other_way]='the bot is installed on this server another way (%s); give the same option as then, or remove that one first.'
	[secret_unreadable]='the file for %s is missing, empty or unreadable: %s.'
	[secret_lost]='data are there but the secret %s is missing; a new one would lock them up, so bring %s back from your backup (docs/operations.md, "A secret is lost").'
	[data_foreign]='%s belongs to another account than the program'"'"'s; run %s.'
	[which_platform]='Which chat shall the bot answer in? Leave empty what you do not use; docs/installation.md says where each value is found.'
	[value_of]='%s:'
	[no_platform]='no chat platform was named; give SLACK_BOT_TOKEN, DISCORD_BOT_TOKEN or TEAMS_APP_ID (--help).'
	[domain_unknown]='the name %s leads nowhere yet; add it to your DNS and wait until it is known.'
	[domain_elsewhere]='the name %s leads to %s, which is not this server; correct it in your DNS.'

	[monitoring_in_docker]='--monitoring starts containers; with --no-docker see docs/monitoring.md for your own Prometheus.'

	[plan]='What will be done, where it is not done already:'
	[plan_packages]='- install packages of the distribution: %s'
	[plan_program]='- put the program and its Node.js below %s'
	[plan_image]='- build the image of the program'
	[plan_stack]='- put the compose file in %s and start it: the bot, PostgreSQL, Redis, Ollama and the proxy'
	[plan_secrets]='- keep settings and secrets beside %s'
	[plan_server]='- give it a database in PostgreSQL and a Redis of its own, both on this machine alone'
	[plan_embedded]='- keep its database in %s'
	[plan_model]='- bring and load the model %s at %s'
	[plan_service]='- try all credentials, then start %s'
	[plan_proxy]='- put Caddy in front, which gets a certificate for %s'
	[plan_nightly]='- make a backup each night at 02:30, encrypted'
	[rehearsal_ends]='That was a rehearsal: nothing was changed.'
	[shall_i_begin]='Begin? [y/N]'
	[declined]='you did not say yes.'
	[changing_now]='Changing now.'

	[installing]='Installing packages: %s.'
	[packages_failed]='packages could not be installed (%s).'
	[program]='Looking at the account and the program.'
	[account_taken]='the account %s exists with another group than %s; rename or remove it.'
	[installing_program]='Installing the program into %s.'
	[program_failed]='the packages of the program could not be brought (%s).'
	[node_failed]='Node.js could not be brought; the line above says why.'
	[image]='Looking for the image %s.'
	[image_failed]='the image could not be built (%s).'
	[stack]='Putting the compose file into %s.'
	[stack_failed]='containers could not be started (%s).'
	[model_not_pulled]='the model could not be brought (%s); look at its name and at the network.'
	[secrets]='Keeping settings and secrets.'
	[database]='Preparing the database and Redis.'
	[no_vectors]='This PostgreSQL has no pgvector: documents are found by their words, not by their meaning. Everything else works.'
	[redis_failed]='Redis could not be started (%s).'
	[model]='Loading the model %s at %s; this may take a while.'
	[model_on_graphics]='The model lies in the memory of the graphics card: %s of %s MB.'
	[model_on_processor]='The model runs on the processor (%s MB): answers take several times as long as on a graphics card.'
	[model_missing]='Ollama does not have the model %s and could not bring it; look at its name.'
	[model_too_large]='the model needs %s MB of memory and this server has %s; choose a smaller one with --model.'
	[model_host_silent]='Ollama does not answer at %s; install it (https://ollama.com/download) or name another address with --ollama.'
	[graphics_unused]='a graphics card is there but Ollama does not use it; restart Ollama and look at its log, or give --cpu.'
	[doctor]='Trying every credential.'
	[doctor_failed]='the doctor found what is marked above; mend it before the bot is started.'
	[starting]='Starting %s.'
	[service_failed]='systemd refused (%s).'
	[service_not_ready]='%s was started but does not take questions; its last lines are above.'
	[proxy]='Putting HTTPS in front, for %s.'
	[proxy_failed]='Caddy does not start (%s); journalctl -u openccb-proxy says why.'
	[nightly]='Looking at backups.'
	[schedule_failed]='backups could not be scheduled (%s).'

	[nothing_to_do]='Nothing to do: everything is as it should be.'
	[finished]='Done (%s changes). Ask the bot something in your chat.'
	[address_of_service]='%s runs; %s tells how it is.'
	[address_of_domain]='Slack and Teams reach it at %s.'
	[backup_key_here]='No backup opens without %s: copy it to another machine now, then remove it here.'
	[next_commands_docker]='Settings of your own go into %s, then run this again. Containers: docker compose --project-directory %s ps. Back up what docs/operations.md names.'
	[next_commands]='Settings of your own go into %s, then: systemctl restart %s. Back up what docs/operations.md names.'

	[file_of_answers]='# What scripts/setup.sh was answered. It reads this again.'
	[file_of_settings]='# Written by scripts/setup.sh. Put what you add into %s, which wins.'
	[file_of_own_settings]='# Settings of your own, one NAME=VALUE a line; .env.example shows them all. Nothing writes here but you.'
)
