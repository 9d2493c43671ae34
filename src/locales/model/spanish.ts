/** What the bot says about which model answers, in Spanish. */

import type { model as english } from './english.ts';

export const model: typeof english = {
	origin: {
		conversation: 'elegido para esta conversación',
		person: 'elegido por ti para ti',
		channel: 'elegido para todo lo que se pregunta aquí',
		default: 'el de siempre',
	},
	current: (name, origin) => `Aquí te responde ${name}: ${origin}.`,
	currentOfNew: (name, origin) => `A lo que preguntes aquí desde ahora te responde ${name}: ${origin}.`,
	allowed: 'Puedes usar:',
	standard: (name) => `${name} (el de siempre)`,
	onlyThis: 'No hay otro que puedas usar.',
	noneAllowed: 'Aquí no puedes usar ningún modelo. Un administrador puede cambiarlo.',
	how: (name) =>
		`Elige con «modelo ${name}» en una conversación, «modelo ${name} yo» para ti en todas partes, «modelo ${name} canal» para todo lo que se pregunta en un sitio. «modelo predeterminado» retira la elección.`,
	chosen: {
		conversation: (name) => `Desde ahora responde ${name} en esta conversación, a quienes puedan usarlo.`,
		person: (name) => `Desde ahora te responde ${name}, donde no haya otro elegido.`,
		channel: (name) => `Desde ahora responde ${name} a lo que se pregunta aquí, a quienes puedan usarlo y no hayan elegido otro.`,
	},
	takenBack: {
		conversation: 'Ya no hay nada elegido para esta conversación.',
		person: 'Ya no tienes nada elegido para ti.',
		channel: 'Ya no hay nada elegido para todo lo que se pregunta aquí.',
	},
	forYourself:
		'No puedo saber a qué conversación te refieres, así que lo he tomado como una elección para ti. Para una sola conversación, escríbeme lo mismo en ella.',
	still: (name, origin) => `Lo que te responde aquí sigue siendo ${name}, ${origin}.`,
	unknown: (name) => `No tengo ningún modelo llamado ${name}.`,
	forbidden: (name) => `No puedes usar ${name}. Un administrador puede cambiarlo.`,
	onlyAdministrators:
		'Para todo lo que se pregunta aquí solo eligen los administradores. Tú puedes elegir para una conversación, o para ti.',
};
