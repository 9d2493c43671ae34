/** Lo que se dice de lo que pasó con el último mensaje de alguien, en español. */

import type { why as english } from './english.ts';

const seconds = (ms: number) => `${(ms / 1_000).toLocaleString('es', { maximumFractionDigits: 1 })} segundos`;

export const why: typeof english = {
	reason: {
		running: 'Todavía estoy con tu último mensaje de aquí.',
		answered: 'Respondí a tu último mensaje de aquí.',
		cut: 'Mi respuesta a tu último mensaje de aquí llegó a lo más largo que puede ser una, así que termina ahí.',
		stopped: 'Paraste mi respuesta a tu último mensaje de aquí.',
		interrupted: 'El modelo se interrumpió mientras respondía a tu último mensaje de aquí. Se muestra lo que había.',
		told: 'Respondí a tu último mensaje de aquí con una frase mía; no se preguntó a ningún modelo.',
		curtailed: 'La plataforma aceptó una parte de mi respuesta a tu último mensaje de aquí, y nada más.',
		undelivered: 'La plataforma no mostró mi respuesta a tu último mensaje de aquí.',
		'model-unavailable': 'No se podía llegar a ninguna máquina con el modelo cuando escribiste aquí por última vez.',
		'model-missing': 'El modelo que tenía que responderte aquí no está instalado.',
		'model-unfit': 'El modelo que tenía que responderte aquí no es de los que escriben respuestas.',
		'model-blind': 'Había una imagen, y el modelo que tenía que responderte aquí no ve ninguna.',
		'prompt-too-long': 'Esta conversación era demasiado larga para el modelo cuando escribiste aquí por última vez.',
		'model-rejected': 'El modelo no aceptó tu último mensaje de aquí. Quedó registrado.',
		timeout: 'El modelo tardó demasiado con tu último mensaje de aquí.',
		'queue-full': 'Había demasiadas preguntas a la espera del modelo cuando escribiste aquí por última vez.',
		'in-flight': 'Tenías en marcha tantas respuestas como puedes tener a la vez cuando escribiste aquí por última vez.',
		draining: 'Un administrador estaba vaciando la cola del modelo cuando escribiste aquí por última vez.',
		'empty-answer': 'El modelo respondió con nada a tu último mensaje de aquí.',
		internal: 'Algo falló por mi parte cuando escribiste aquí por última vez. Quedó registrado.',
		'nothing-found':
			'Ningún documento que se pueda usar aquí trata de tu último mensaje, y las respuestas de aquí salen solo de documentos.',
		'files-unread': 'No se pudo leer nada de lo que compartiste con tu último mensaje de aquí.',
		'question-too-long': 'Tu último mensaje de aquí era más largo de lo que el modelo puede leer de una vez.',
		'nothing-asked': 'Tu último mensaje de aquí no tenía nada a lo que responder, así que conté cómo hablar conmigo.',
		guest: 'Aquí estás de invitado, y solo respondo a quienes son de esta empresa.',
		deactivated: 'Tu cuenta está desactivada, así que no le respondo.',
		'limit-requests':
			'Habías preguntado tantas veces como puedes en un minuto cuando escribiste aquí por última vez. «cuota» muestra lo que queda.',
		'limit-tokens': 'Habías gastado lo que puedes gastar en un día cuando escribiste aquí por última vez. «cuota» muestra lo que queda.',
		'limit-characters': 'Tu último mensaje de aquí era más largo de lo que puede ser uno tuyo. «cuota» muestra cuánto es eso.',
		'limit-models': 'No puedes usar el modelo que tenía que responderte aquí. «modelo» muestra cuáles puedes usar.',
		'limit-channel': 'Lo que se puede gastar en este canal en un día estaba gastado cuando escribiste aquí por última vez.',
		'channel-off': 'Un administrador me ha desactivado en este canal. «canal ver» dice qué vale aquí.',
		'channel-mentions':
			'En este canal respondo a lo que me menciona, y tu último mensaje de aquí no lo hacía. «canal ver» dice qué vale aquí.',
		'channel-quiet': 'Escribiste aquí por última vez en las horas de silencio de este canal. «canal ver» dice cuáles son.',
		'thread-muted': 'Alguien me pidió silencio en este hilo. Si me mencionas, vuelvo a hablar aquí.',
		'taken-back': 'Retiraste tu último mensaje de aquí, así que no lo respondí, o quité la respuesta.',
		'answered-before': 'Cambiaste tu último mensaje de aquí; ya lo había respondido, y lo respondo una vez.',
		'given-up': 'Algo falló con tu último mensaje de aquí cada vez que lo intenté. Quedó registrado, y lo dejé.',
		'not-addressed':
			'No sé de ningún mensaje tuyo para mí aquí. Oigo los que me mencionan, los que se me escriben directamente y los de hilos en los que participo.',
	},
	row: {
		model: 'Modelo',
		queue: 'Espera en la cola',
		firstText: 'Primer texto a los',
		whole: 'Entera a los',
		rounds: 'Peticiones al modelo',
		tools: 'Consultado',
		tokens: 'Tokens gastados',
		documents: 'Documentos',
		dropped: 'Encontrado, no citado',
		withheld: 'Retenido por permisos',
	},
	seconds,
	modelOn: (model, host) => (host === null ? model : `${model}, en ${host}`),
	tokens: (read, written) => `${read ?? '?'} leídos, ${written ?? '?'} escritos`,
	times: (name, count) => (count === 1 ? name : `${name} (${count} veces)`),
	documents: {
		off: 'aquí no se usan',
		none: 'no hay ninguno',
		unasked: 'tu mensaje no preguntaba nada que se pudiera buscar',
		below: (passages) =>
			passages === 0 ? 'buscado, sin encontrar nada' : 'buscado: lo encontrado no se acercaba a tu pregunta lo bastante como para usarlo',
		found: (passages) => (passages === 1 ? 'se dio 1 pasaje al modelo' : `se dieron ${passages} pasajes al modelo`),
	},
	leaning: 'buscado junto con tu pregunta anterior',
	rewritten: 'buscado también con otras palabras, que dio un modelo',
	withheld: (passages) => (passages === 1 ? '1 pasaje' : `${passages} pasajes`),
};
