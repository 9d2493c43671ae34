# shellcheck shell=bash disable=SC2034
# Lo que dice una actualización en español.

sentences=(
	[usage]='Uso: scripts/ssh_deploy.sh SERVIDOR [--yes] [--dry-run] [--rollback] [--version ETIQUETA] [--lang en|es]
  SERVIDOR           como lo toma ssh: root@bot.example, o un nombre de ~/.ssh/config; una cuenta que no sea root necesita sudo sin contraseña
  --yes              no pregunta nada
  --dry-run          mira el servidor y enseña lo que haría
  --rollback         vuelve a la versión anterior
  --version ETIQUETA una etiqueta o un commit; sin ella, lo que aquí está confirmado en git
  --known-hosts ARCHIVO, --identity ARCHIVO, --port N   para ssh
  --trust-new-host   acepta la clave de un servidor nunca visto; una que haya cambiado se rechaza igualmente
  --patience N       segundos para un arranque, y para la respuesta a la pregunta que se hace (40)
  --no-backup        cuando la copia de la base de datos se hace en otro sitio
Véase docs/operaciones.md, «Actualizar».'

	[stopped]='Detenido: '
	[option_unknown]='%s no es una opción; scripts/ssh_deploy.sh --help las enseña todas.'
	[option_without_value]='%s necesita un valor detrás.'
	[language_unknown]='aquí no se habla "%s"; elige --lang en o --lang es.'
	[not_a_number]='%s toma un número a partir de 1.'
	[one_host]='un servidor cada vez: nombra solo uno.'
	[no_host]='nombra el servidor: scripts/ssh_deploy.sh SERVIDOR.'
	[not_a_terminal]='aquí no se puede preguntar a nadie: añade --yes.'
	[version_unknown]='git no conoce aquí la versión %s; git fetch --tags las trae.'
	[version_without_git]='--version necesita el repositorio de git; sin él se envían los archivos que hay aquí.'
	[not_committed]='Atención: lo que aquí no está confirmado en git no se envía.'
	[host_unknown]='aquí no se conoce la clave de %s; compárala con la del servidor y añádela a known_hosts, o da --trust-new-host.'
	[host_changed]='la clave de %s no es la conocida: responde otro servidor, o se instaló de nuevo. Averigua cuál de las dos antes de borrar la clave antigua.'
	[key_refused]='%s rechaza esta cuenta o esta clave.'
	[no_root]='la cuenta de %s no puede usar sudo sin contraseña.'
	[not_reached]='no se llegó a %s (%s).'
	[not_looked]='%s no responde como debe; inténtalo de nuevo.'
	[not_installed]='en %s no hay un bot como servicio de systemd; ejecuta allí antes scripts/setup.sh --no-docker.'
	[busy]='Hay otra actualización en marcha en este servidor; espera a que termine.'
	[no_previous]='en este servidor no hay una versión anterior a la que volver.'
	[declined]='no dijiste que sí.'
	[sending_failed]='no se pudo enviar el programa; no se ha cambiado nada.'

	[plan_update]='%s: de %s a %s.'
	[plan_rollback]='%s: de %s de vuelta a %s.'
	[plan_server]='La versión nueva arranca junto a la antigua, se le hace una pregunta y ocupa su lugar; siempre hay quien responda.'
	[plan_embedded]='La base de datos integrada deja entrar a un solo proceso: nadie responde durante unos segundos, y lo que se pregunte entretanto se responde después donde la plataforma lo guarde.'
	[plan_without_backup]='No se hace copia de seguridad.'
	[rehearsal_ends]='Era un ensayo: no se ha cambiado nada.'
	[shall_i_begin]='¿Empezar? [s/N]'
	[sending]='Enviando el programa.'

	[step_check]='Mirando el servidor.'
	[step_install]='Instalando el programa junto al antiguo.'
	[step_migration_check]='Mirando si la base de datos se puede llevar a esta versión.'
	[step_backup]='Copiando la base de datos.'
	[backed_up]='Copiada en %s (%s kB).'
	[step_migrate]='Llevando la base de datos a esta versión; la antigua sigue con ella.'
	[step_rehearse]='Arrancando %s junto a la versión antigua, donde nadie puede preguntarle, y haciéndole una pregunta.'
	[step_beside]='Dejando que %s responda a la gente junto a la versión antigua.'
	[step_pause]='Parando la versión antigua; desde ahora nadie responde.'
	[step_switch]='Poniendo %s en su lugar.'
	[step_watch]='Observándola un rato.'
	[step_retire]='Dejando que el proceso de al lado termine lo que está respondiendo.'
	[step_remember]='Recordando %s como buena.'
	[finished]='Hecho: responde %s. Para volver a %s: la misma orden con --rollback.'
	[finished_before]='No hay nada que hacer: %s ya está en el servidor.'

	[failed_at]='Ha fallado en el paso %s: '
	[failed_disk_short]='hay %s MB de disco libres y hacen falta %s MB.'
	[failed_memory_short]='hay %s MB de memoria libres y hacen falta %s MB para un segundo proceso.'
	[failed_not_running]='%s no está en marcha; arráncalo antes.'
	[failed_unseen]='aquí root no puede mirar el proceso de %s, así que nadie sabría qué versión está en marcha.'
	[failed_other_release]='está en marcha %s, pero debería estarlo %s; reinicia antes el servicio.'
	[failed_no_previous]='no hay una versión anterior a la que volver.'
	[failed_install_failed]='no se pudo instalar el programa (%s).'
	[failed_migration_refused]='la base de datos no se puede llevar a esta versión (%s).'
	[failed_migration_failed]='la migración se detuvo y no dejó nada a medias (%s).'
	[failed_backup_elsewhere]='la base de datos está en otra máquina; cópiala allí y da --no-backup.'
	[failed_backup_failed]='no se pudo copiar la base de datos (%s).'
	[failed_backup_empty]='la copia de la base de datos no tiene datos.'
	[failed_not_started]='systemd no arrancó %s.'
	[failed_not_ready]='la versión nueva no recibe mensajes (%s).'
	[failed_no_answer]='la versión nueva no respondió a una pregunta (%s).'
	[failed_wrong_answer]='la versión nueva respondió otra cosa que lo que se le pidió.'
	[failed_died]='la versión nueva terminó por sí sola (%s).'
	[failed_memory]='la versión nueva ocupa demasiada memoria (%s MB).'
	[failed_parts_down]='partes que antes funcionaban no funcionan con la versión nueva (%s).'
	[failed_interrupted]='se pidió parar la actualización.'
	[failed_unexpected]='algo que nadie esperaba en %s.'
	[put_back]='%s está en su lugar y responde.'
	[not_put_back]='Tampoco se pudo reponer la versión antigua: mira %s ahora (systemctl status openccb, journalctl -u openccb).'
	[lost]='Se cortó la conexión con %s. El servidor sigue por sí solo, hasta el final o de vuelta: lo cuenta /var/lib/openccb-deploy/runs/%s.'
)
