# shellcheck shell=bash disable=SC2034
# Lo que dicen las copias de seguridad y las restauraciones en español. Las claves y los lugares de los valores son los mismos en cada idioma.

sentences=(
	[backup_usage]='Uso: scripts/backup.sh [--target LUGAR] [--plain] [--with-secrets] [--no-verify] [--list] [--schedule [--at HH:MM]] [--lang en|es]
  --target LUGAR   una carpeta, s3://BUCKET/PREFIJO o rclone:REMOTO:RUTA; sin ella, OPENCCB_BACKUP_TARGET o /var/backups/openccb/nightly
  --plain          no cifra: quien lea el fichero lee todo lo que se ha dicho
  --with-secrets   incluye los secretos; sin ella, guarda tú mismo /etc/openccb/secrets en otro sitio
  --no-verify      no abre la copia ni lee en ella
  --list           muestra las copias que hay
  --schedule       cada noche desde ahora (--at, 02:30)
Véase docs/operaciones.md, «Copias de seguridad».'
	[restore_usage]='Uso: scripts/restore.sh COPIA [--identity FICHERO] [--verify] [--replace] [--target LUGAR] [--yes] [--lang en|es]
     scripts/restore.sh --back | --forget
  COPIA               un fichero, un nombre de los que muestra scripts/backup.sh --list, o «latest»
  --identity FICHERO  la clave privada (age) que la abre; o OPENCCB_BACKUP_IDENTITY
  --verify            solo la abre al lado de todo lo demás, lee en ella y no deja nada
  --replace           donde hay datos: los guarda como punto de restauración hasta --forget
  --back              devuelve lo que había antes de la última restauración
  --forget            tira el punto de restauración
Véase docs/operaciones.md, «Restaurar».'

	[stopped]='Detenido: '
	[unexpected]='Detenido: algo que nadie esperaba en %s.'
	[option_unknown]='%s no es una opción; %s --help las muestra todas.'
	[option_without_value]='%s necesita un valor detrás.'
	[language_unknown]='aquí no se habla «%s»; elige --lang en o --lang es.'
	[not_a_time]='«%s» no es una hora; escríbela como 02:30.'
	[not_root]='solo root puede leerlo todo: ejecútalo con sudo.'
	[already_running]='hay otra copia o restauración en marcha; espera a que termine.'
	[program_missing]='%s no está instalado aquí; el sistema tiene un paquete.'
	[no_node]='aquí no hay Node.js; ejecuta npm start una vez.'
	[address_unreadable]='con la dirección de la base de datos (DATABASE_URL) no se puede hacer una copia: hacen falta un usuario, un servidor y un nombre sencillo de base de datos.'
	[database_elsewhere]='la base de datos está en %s: di cómo llega su administrador con PGHOST, PGUSER y PGPASSFILE en %s.'
	[no_recipients]='no hay ninguna clave para la que cifrar: crea una con «age-keygen» en otra máquina y pon su parte pública en %s, o da --plain.'
	[recipients_unreadable]='%s no contiene claves públicas de age.'
	[disk_full]='el disco está lleno en %s; de esto no se ha guardado nada. Haz sitio o elige otro lugar.'
	[role_refused]='no se pudo crear el rol %s; tiene que hacerlo quien administra la base de datos.'
	[dump_failed]='no se pudieron leer las filas (%s).'
	[dump_empty]='el volcado no contiene filas, así que no es ninguno.'
	[files_failed]='no se pudieron leer los documentos (%s).'
	[archive_failed]='no se pudo escribir la copia (%s).'
	[target_refused]='en %s no se pueden poner copias.'
	[target_failed]='el lugar de las copias no aceptó o no dio el fichero (%s).'
	[load_failed]='no se pudo cargar la copia (%s).'
	[counts_differ]='una tabla tiene otras filas que las que dice la copia: %s.'
	[check_failed]='la copia no sirve: %s.'
	[document_changed]='el documento %s no es lo que era.'
	[no_password]='DATABASE_URL no tiene contraseña, así que no se puede volver a crear su usuario.'

	[backup_begins]='Haciendo la copia (%s) en %s.'
	[verifying]='Abriendo la copia al lado de todo lo demás y leyendo en ella.'
	[backup_done]='Hecho: %s/%s (%s kB); hay %s.'
	[backup_without_secrets]='No incluye: los secretos de /etc/openccb/secrets, los modelos y los documentos que están en un bucket. Guarda los secretos y la clave privada en otro sitio.'
	[scheduled]='Se hace una copia cada noche a las %s: systemctl list-timers openccb-backup.timer, journalctl -u openccb-backup.'

	[no_name]='nombra la copia: un fichero, un nombre de los que muestra scripts/backup.sh --list, o «latest».'
	[one_name]='una sola copia a la vez.'
	[no_backups]='no hay ninguna copia en %s.'
	[file_missing]='no existe %s.'
	[no_identity]='esta copia está cifrada: da la clave privada con --identity FICHERO.'
	[wrong_key]='%s no se cifró para esta clave; toma aquella cuya parte pública estaba entonces entre los destinatarios.'
	[cut_off]='%s está cortada: tiene %s de %s bytes. Tráela otra vez o toma otra.'
	[cut_off_somewhere]='%s está cortada. Tráela otra vez o toma otra.'
	[changed]='%s está dañada: no es lo que se escribió. Toma otra.'
	[changed_or_cut_off]='%s está dañada o cortada: no es lo que se escribió. Tráela otra vez o toma otra.'
	[no_backup]='%s no es una copia de OpenCCB.'
	[archive_unreadable]='no se pudo abrir la copia (%s).'
	[dump_without_rows]='el volcado de esta copia está vacío; toma otra.'
	[format_newer]='la copia la escribió un programa más nuevo (forma %s); instala primero la versión más nueva.'
	[program_newer]='la copia es de OpenCCB %s con el esquema %s, y este es %s: instala primero esa versión o una más nueva.'
	[server_newer]='la copia es de PostgreSQL %s y el servidor de aquí es %s: toma un servidor igual de nuevo o más.'
	[vectors_missing]='la copia tiene vectores y este servidor no tiene pgvector: instálalo primero (postgresql-%s-pgvector).'
	[kinds_differ]='la copia es de la base de datos %s y este bot tiene la %s; npm run move-to-server lleva la una a la otra.'
	[kind_server]='en servidor'
	[kind_embedded]='integrada'
	[program_runs]='el bot está en marcha: detenlo primero (%s).'
	[database_in_use]='hay %s conexiones abiertas con la base de datos: detén primero el bot en todas partes.'
	[has_data]='ya hay datos: da --replace, y se guardan como punto de restauración.'
	[restore_point_left]='ya hay un punto de restauración: tíralo con --forget o vuelve a él con --back.'
	[no_restore_point]='no hay ningún punto de restauración.'
	[not_a_terminal]='aquí no se puede preguntar a nadie: da --yes.'
	[declined]='no has dicho que sí.'
	[shall_i_restore]='¿Restaurar la copia del %s (OpenCCB %s)? [s/N]'
	[opening]='Abriendo %s.'
	[loading]='Cargándola al lado de lo que hay.'
	[checking]='Leyendo en ella.'
	[switching]='Poniéndola en su sitio.'
	[switch_failed]='no se pudo poner en su sitio (%s); lo que había vuelve a estar.'
	[verified]='La copia del %s sirve: cada tabla tiene sus filas y cada persona lee lo suyo (%s s).'
	[restored]='Restaurado: el bot como era el %s (%s s). Ponlo en marcha: %s.'
	[restore_point_kept]='Lo que había antes se guarda: scripts/restore.sh --back lo devuelve y --forget lo tira.'
	[gone_back]='Lo que había antes de la restauración vuelve a estar en su sitio. Pon el bot en marcha: %s.'
	[forgotten]='El punto de restauración está tirado.'
)
