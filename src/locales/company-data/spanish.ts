/** What is said in Spanish of answers from the company's databases. */

import type { companyData as english } from './english.ts';

const count = (value: number) => value.toLocaleString('es', { useGrouping: 'always' });

export const companyData: typeof english = {
	binary: '(binario)',
	receipt: {
		rows: (rows) => (rows === 1 ? '1 fila' : `${count(rows)} filas`),
		cut: (rows) => `las primeras ${count(rows)} filas de más`,
		shown: (shown, rows) => `se ven ${count(shown)} de ${rows}`,
		columns: (shown, all) => `se ven ${shown} de ${all} columnas`,
		at: (moment, timeZone) => `datos del ${moment} (${timeZone})`,
		from: (connector, role) => `${connector}, con el rol ${role}`,
		personal: 'solo las filas que tú puedes ver',
		named: (name) => `pregunta verificada «${name}»`,
		written: (model) => `consulta escrita por el modelo ${model} y revisada antes de ejecutarla`,
		assumed: 'Se ha supuesto',
		taken: (typed, value) => `«${typed}» se ha tomado por «${value}»`,
	},
	chart: (measures, category, greatest, value) => `Gráfico: ${measures} por ${category}. El mayor es ${greatest}, con ${value}.`,
	nothing: (connector) => `En ${connector} no hay nada de eso.`,
	noValue: (connector) => `En ${connector} no hay datos de eso: ninguna fila tenía valor.`,
	because: {
		value: (what, value) => `Allí nada tiene «${value}» como ${what}.`,
		instead: (values) => `¿Querías decir ${values}?`,
		ends: (what, moment) => `Los datos de ${what} terminan el ${moment}.`,
		all: 'Todo lo que has nombrado existe, pero nada lo cumple todo a la vez.',
	},
	notForYou: 'En los datos que puedo consultar para ti no hay nada sobre eso.',
	notUnderstood: (connector) =>
		`No he podido convertir esto en una pregunta a ${connector} de la que fiarme. Pregúntalo con otras palabras, con los nombres tal como están allí.`,
	unknownWord: (word) => `Lo que no he encontrado: «${word}».`,
	several: 'Esto necesita datos de dos bases de datos, y no puedo unirlas. Pregunta por cada una por separado.',
	which: (values) => `¿Cuál de estos: ${values}?`,
	quoted: (value) => `«${value}»`,
	failed: {
		away: (connector) => `La base de datos de ${connector} no responde ahora mismo. Vuelve a intentarlo en un rato.`,
		slow: (connector) => `La base de datos de ${connector} ha tardado demasiado con esto. Pide menos: un año, un lugar, una clase.`,
		costly: (connector) => `Esto le costaría demasiado a la base de datos de ${connector}. Pide menos: un año, un lugar, una clase.`,
		maintained: (connector) => `${connector} está en mantenimiento: ahora no se puede preguntar por una parte.`,
		unknownPerson: (connector) =>
			`${connector} enseña a cada cual sus propias filas, y no sé quién eres allí. Pide a un administrador que mire tu dirección de correo.`,
		misconfigured: (connector) => `No se puede preguntar a ${connector}: su acceso no funciona. Avisa a un administrador.`,
	},
	privately: 'Esto lo respondo solo donde no lo lea nadie más.',
	privatelyOffer: 'Lo que has preguntado está en datos que no todos los de aquí pueden ver.',
	noLonger: 'No enseño aquí esta respuesta: entretanto, no todos los que leen aquí pueden ver esos datos.',
	button: { sql: 'Ver SQL', csv: 'Descargar CSV' },
	sql: (connector) => `Esto se ha enviado a ${connector}:`,
	csvComment: (connector, moment) => `${connector}, a ${moment}`,
	csvCut: (rows) => `Solo las primeras ${count(rows)} filas: hay más de las que caben en un archivo.`,
	csvGone: 'Estos datos ya no se pueden volver a pedir: no son para ti, o su conector ha cambiado.',
	csvNotHere: 'Aquí no puedo enseñar archivos, o no todos los de aquí pueden ver esos datos. Pregúntame lo mismo en un chat personal.',
	csvRefused: 'No se ha podido dejar el archivo donde querías. Pulsa «Descargar CSV» otra vez.',
	csvLink: (connector, minutes) => ({
		title: `Todas las filas de ${connector}, en CSV`,
		text: `El enlace vale ${minutes} minutos y da las filas que tú puedes ver. No se lo des a nadie.`,
	}),
	linkGone: 'Este enlace ha caducado. Pulsa otra vez «Descargar CSV» debajo de la respuesta para recibir otro.',
	remembered: '[respondido desde una base de datos de la empresa con una tabla que no se repite aquí]',
};
