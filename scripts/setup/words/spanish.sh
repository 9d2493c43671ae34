# shellcheck shell=bash disable=SC2034
# Lo que la instalación dice en español. Las claves y los huecos son los mismos en cada idioma.

short_language=es
sentences=(
	[usage]='Uso: sudo scripts/setup.sh [--no-docker | --docker] [--yes] [--dry-run] [--lang en|es]
  --no-docker               servicios de systemd en lugar de contenedores
  --yes                     no pregunta nada; lo que no se responda queda en su valor por defecto
  --dry-run                 muestra lo que haría
  --secret NOMBRE=FICHERO   un ajuste secreto desde un fichero, como SLACK_BOT_TOKEN=./token; o pon NOMBRE en el entorno
  --set NOMBRE=VALOR        cualquier otro ajuste del programa, como TEAMS_APP_ID=…
  --model NOMBRE            el modelo que responde; --embedding-model NOMBRE el de los documentos
  --ollama DIRECCIÓN        dónde está Ollama, si no está aquí
  --admins LISTA            quién administra, como slack:T0123:U0123
  --domain NOMBRE           el nombre con el que Slack o Teams llegan a este servidor
  --database server|embedded  PostgreSQL, o la base de datos dentro del programa para empresas pequeñas (--no-docker)
  --monitoring              arranca también Prometheus, Grafana y Alertmanager (contenedores)
  --no-backups              sin copia nocturna: alguien las hace de otro modo
  --cpu                     acepta que no se use una tarjeta gráfica
Véase docs/operaciones.md.'

	[stopped]='Parado: '
	[option_unknown]='%s no es una opción; scripts/setup.sh --help las muestra todas.'
	[option_without_value]='%s necesita un valor detrás.'
	[language_unknown]='"%s" no se habla aquí; elige --lang en o --lang es.'
	[database_unknown]='--database es server o embedded, no "%s".'
	[setting_unreadable]='El ajuste %s debe ser NOMBRE=VALOR en una línea, sin comillas ni barras invertidas.'
	[secret_as_setting]='%s es secreto y cualquiera en esta máquina ve una línea de órdenes: dalo como --secret NOMBRE=FICHERO o en el entorno.'
	[secret_unknown]='%s no es un ajuste secreto del programa; los demás se dan con --set.'
	[already_running]='Ya hay otra instalación en marcha en este servidor; espera a que acabe.'
	[not_a_terminal]='Aquí no se puede preguntar a nadie: usa --yes y da las respuestas como opciones (--help).'
	[failed_at]='Algo que nadie esperaba ha fallado en %s, línea %s (fase %s).'
	[interrupted]='Interrumpido en la fase %s.'
	[run_again]='Cuando esté arreglado, ejecuta la misma orden otra vez: sigue donde se quedó.'
	[nothing_changed]='No se ha cambiado nada.'

	[checking]='Mirando este servidor. Todavía no se cambia nada.'
	[not_root]='hay que ejecutarlo como root: pon sudo delante de la orden.'
	[system_unknown]='%s no se conoce aquí; el bot funciona en Debian 12, Ubuntu 22.04 con Docker, Ubuntu 24.04, y versiones posteriores de ambos.'
	[system_too_old]='%s es demasiado antiguo; usa Debian 12, Ubuntu 22.04 con Docker, Ubuntu 24.04, o uno posterior.'
	[no_systemd]='aquí no está systemd en marcha, que es quien arranca el bot; usa un servidor o una máquina virtual completa.'
	[processor_unknown]='el procesador es %s; el bot funciona en x86_64 y aarch64.'
	[memory_short]='este servidor tiene %s MB de memoria y necesita %s MB; añade memoria o deja los modelos en otra máquina (--ollama).'
	[disk_short]='solo quedan %s GB libres en /var y hacen falta %s GB; haz sitio o amplía el disco.'
	[port_taken]='el puerto %s lo ocupa otro programa (ss -tlnp dice cuál); páralo o elige otro puerto con --set PORT=….'
	[no_names]='no se encuentra el nombre %s, así que aquí no funciona el DNS; mira /etc/resolv.conf.'
	[clock_off]='el reloj se desvía %s segundos y las plataformas rechazan más de %s; ponlo en hora con timedatectl set-ntp true.'
	[driver_missing]='hay una tarjeta gráfica de %s pero no su controlador (falta %s); instálalo y reinicia, o usa --cpu para prescindir de la tarjeta.'
	[engine_missing]='Docker no está instalado y tu distribución no tiene la versión %s o posterior; sigue https://docs.docker.com/engine/install/ o usa --no-docker.'
	[engine_silent]='Docker está instalado pero no responde; arráncalo con systemctl start docker.'
	[engine_too_old]='Docker es %s y debe ser %s o posterior; sigue https://docs.docker.com/engine/install/ o usa --no-docker.'
	[compose_too_old]='docker compose falta o es anterior a %s; instala el paquete docker-compose-plugin o docker-compose-v2.'
	[other_way]='el bot ya está instalado de otro modo en este servidor (%s); da la misma opción que entonces o quita antes aquel.'
	[secret_unreadable]='el fichero de %s falta, está vacío o no se puede leer: %s.'
	[secret_lost]='hay datos pero falta el secreto %s; uno nuevo los dejaría cerrados, así que recupera %s de tu copia de seguridad (docs/operaciones.md, «Se ha perdido un secreto»).'
	[data_foreign]='%s pertenece a otra cuenta que la del programa; ejecuta %s.'
	[which_platform]='¿En qué chat debe responder el bot? Deja vacío lo que no uses; docs/instalacion.md dice dónde está cada valor.'
	[value_of]='%s:'
	[no_platform]='no se ha nombrado ninguna plataforma de chat; da SLACK_BOT_TOKEN, DISCORD_BOT_TOKEN o TEAMS_APP_ID (--help).'
	[domain_unknown]='el nombre %s todavía no lleva a ninguna parte; añádelo a tu DNS y espera a que se conozca.'
	[domain_elsewhere]='el nombre %s lleva a %s, que no es este servidor; corrígelo en tu DNS.'

	[monitoring_in_docker]='--monitoring arranca contenedores; con --no-docker mira docs/monitorizacion.md para tu propio Prometheus.'

	[plan]='Lo que se hará, donde no esté hecho ya:'
	[plan_packages]='- instalar paquetes de la distribución: %s'
	[plan_program]='- poner el programa y su Node.js bajo %s'
	[plan_image]='- construir la imagen del programa'
	[plan_stack]='- poner el fichero de compose en %s y arrancarlo: el bot, PostgreSQL, Redis, Ollama y el proxy'
	[plan_secrets]='- guardar ajustes y secretos junto a %s'
	[plan_server]='- darle una base de datos en PostgreSQL y un Redis propio, ambos solo en esta máquina'
	[plan_embedded]='- guardar su base de datos en %s'
	[plan_model]='- traer y cargar el modelo %s en %s'
	[plan_service]='- probar todas las credenciales y después arrancar %s'
	[plan_proxy]='- poner delante Caddy, que obtiene un certificado para %s'
	[plan_nightly]='- hacer una copia de seguridad cifrada cada noche a las 02:30'
	[rehearsal_ends]='Era un ensayo: no se ha cambiado nada.'
	[shall_i_begin]='¿Empezar? [s/N]'
	[declined]='no has dicho que sí.'
	[changing_now]='Ahora se cambia.'

	[installing]='Instalando paquetes: %s.'
	[packages_failed]='no se han podido instalar los paquetes (%s).'
	[program]='Mirando la cuenta y el programa.'
	[account_taken]='la cuenta %s existe con otro grupo que %s; cámbiale el nombre o quítala.'
	[installing_program]='Instalando el programa en %s.'
	[program_failed]='no se han podido traer los paquetes del programa (%s).'
	[node_failed]='no se ha podido traer Node.js; la línea de arriba dice por qué.'
	[image]='Buscando la imagen %s.'
	[image_failed]='no se ha podido construir la imagen (%s).'
	[stack]='Poniendo el fichero de compose en %s.'
	[stack_failed]='no se han podido arrancar los contenedores (%s).'
	[model_not_pulled]='no se ha podido traer el modelo (%s); mira su nombre y la red.'
	[secrets]='Guardando ajustes y secretos.'
	[database]='Preparando la base de datos y Redis.'
	[no_vectors]='Este PostgreSQL no tiene pgvector: los documentos se encuentran por sus palabras, no por su significado. Todo lo demás funciona.'
	[redis_failed]='no se ha podido arrancar Redis (%s).'
	[model]='Cargando el modelo %s en %s; puede tardar.'
	[model_on_graphics]='El modelo está en la memoria de la tarjeta gráfica: %s de %s MB.'
	[model_on_processor]='El modelo funciona en el procesador (%s MB): las respuestas tardan varias veces más que con una tarjeta gráfica.'
	[model_missing]='Ollama no tiene el modelo %s y no ha podido traerlo; mira su nombre.'
	[model_too_large]='el modelo necesita %s MB de memoria y este servidor tiene %s; elige uno más pequeño con --model.'
	[model_host_silent]='Ollama no responde en %s; instálalo (https://ollama.com/download) o da otra dirección con --ollama.'
	[graphics_unused]='hay una tarjeta gráfica pero Ollama no la usa; reinicia Ollama y mira su registro, o usa --cpu.'
	[doctor]='Probando todas las credenciales.'
	[doctor_failed]='el doctor ha encontrado lo marcado arriba; arréglalo antes de arrancar el bot.'
	[starting]='Arrancando %s.'
	[service_failed]='systemd no lo ha aceptado (%s).'
	[service_not_ready]='%s ha arrancado pero no acepta preguntas; sus últimas líneas están arriba.'
	[proxy]='Poniendo HTTPS delante, para %s.'
	[proxy_failed]='Caddy no arranca (%s); journalctl -u openccb-proxy dice por qué.'
	[nightly]='Mirando las copias de seguridad.'
	[schedule_failed]='no se pudieron programar las copias de seguridad (%s).'

	[nothing_to_do]='Nada que hacer: todo está como debe.'
	[finished]='Hecho (%s cambios). Pregúntale algo al bot en tu chat.'
	[address_of_service]='%s está en marcha; %s dice cómo está.'
	[address_of_domain]='Slack y Teams llegan a él en %s.'
	[backup_key_here]='Ninguna copia se abre sin %s: cópialo ya a otra máquina y bórralo aquí.'
	[next_commands_docker]='Tus propios ajustes van en %s; después ejecuta esto otra vez. Contenedores: docker compose --project-directory %s ps. Guarda copia de lo que nombra docs/operaciones.md.'
	[next_commands]='Tus propios ajustes van en %s, y después: systemctl restart %s. Guarda copia de lo que nombra docs/operaciones.md.'

	[file_of_answers]='# Lo que se respondió a scripts/setup.sh. Lo vuelve a leer.'
	[file_of_settings]='# Lo escribe scripts/setup.sh. Lo que añadas va en %s, que prevalece.'
	[file_of_own_settings]='# Tus propios ajustes, un NOMBRE=VALOR por línea; .env.example los muestra todos. Aquí solo escribes tú.'
)
