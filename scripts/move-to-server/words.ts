/** What `npm run move-to-server` says, in both languages. */

const english = {
	usage:
		'npm run move-to-server -- [--dry-run]\nCarries all rows of the embedded database in OPENCCB_DATA into the empty database of DATABASE_URL. --dry-run only looks.',
	noTarget: 'Set DATABASE_URL to the database that takes the rows: npm run doctor says whether it serves.',
	noSource: (folder: string) => `There is no embedded database in ${folder}: set OPENCCB_DATA.`,
	running: (pid: string) => `The bot is running (process ${pid}): stop it first.`,
	targetInUse: (count: number) => `${count} connections of the bot are open to DATABASE_URL: stop it there first.`,
	targetTaken: 'The database of DATABASE_URL holds data already: take an empty one.',
	targetLacks: (names: string) => `The database of DATABASE_URL lacks tables that the embedded one has (${names}).`,
	differing: (what: string) => `Carried, but it is not the same: ${what}. Go on with the embedded database and report it.`,
	wouldMove: 'It could be carried: nothing was changed.',
	reading: 'Copying the embedded database, which stays as it is.',
	moving: 'Carrying the rows.',
	done: (rows: number, tables: number) =>
		`Done: ${rows} rows in ${tables} tables, each counted on both sides. Documents stay in OPENCCB_DATA. Start the bot with DATABASE_URL; its old database stays in the folder "postgres" until you remove it.`,
	withoutVectors: 'The server has no pgvector: documents are found by their words. Should it come to have it, vectors are made anew.',
	failed: (reason: string) => `Not done, and nothing is half done: ${reason}`,
};

const spanish: typeof english = {
	usage:
		'npm run move-to-server -- [--dry-run]\nLleva todas las filas de la base de datos integrada de OPENCCB_DATA a la base de datos vacía de DATABASE_URL. --dry-run solo mira.',
	noTarget: 'Pon en DATABASE_URL la base de datos que recibe las filas: npm run doctor dice si sirve.',
	noSource: (folder) => `No hay una base de datos integrada en ${folder}: pon OPENCCB_DATA.`,
	running: (pid) => `El bot está en marcha (proceso ${pid}): detenlo primero.`,
	targetInUse: (count) => `Hay ${count} conexiones del bot abiertas con DATABASE_URL: detenlo allí primero.`,
	targetTaken: 'La base de datos de DATABASE_URL ya contiene datos: toma una vacía.',
	targetLacks: (names) => `A la base de datos de DATABASE_URL le faltan tablas que la integrada tiene (${names}).`,
	differing: (what) => `Se ha llevado, pero no es lo mismo: ${what}. Sigue con la base de datos integrada y avisa de ello.`,
	wouldMove: 'Se podría llevar: no se ha cambiado nada.',
	reading: 'Copiando la base de datos integrada, que queda como está.',
	moving: 'Llevando las filas.',
	done: (rows, tables) =>
		`Hecho: ${rows} filas en ${tables} tablas, contadas en los dos lados. Los documentos siguen en OPENCCB_DATA. Pon en marcha el bot con DATABASE_URL; su base de datos anterior sigue en la carpeta «postgres» hasta que la borres.`,
	withoutVectors:
		'El servidor no tiene pgvector: los documentos se encuentran por sus palabras. Si llega a tenerlo, los vectores se vuelven a hacer.',
	failed: (reason) => `No se ha hecho, y nada ha quedado a medias: ${reason}`,
};

export const moveWords = { en: english, es: spanish };
