/** Lo que se dice en español de la cola de los modelos. */

import type { queue as english } from './english.ts';

const duration = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
const questions = (count: number) => (count === 1 ? '1 pregunta' : `${count} preguntas`);

export const queue: typeof english = {
	pausedSign: (position) => `está esperando: un administrador ha pausado la cola, puesto ${position}`,
	pausedNotice: (position) => `⏸️ Un administrador ha pausado la cola; tu puesto es el ${position}.`,
	draining: 'Ahora mismo no acepto preguntas nuevas, porque un administrador está vaciando la cola. Prueba de nuevo más tarde.',
	command: {
		state: {
			open: (model) => `La cola de ${model} está abierta.`,
			paused: (model) => `⏸️ La cola de ${model} está en pausa: no se atiende a nadie hasta «cola reanudar».`,
			draining: (model) => `⏳ La cola de ${model} se está vaciando: no se acepta nada nuevo hasta «cola reanudar».`,
		},
		nobodyWaits: 'No espera nadie.',
		waiting: ({ interactive, background, users, oldestSeconds }) =>
			[
				`${questions(interactive)} en espera`,
				...(background === 0 ? [] : [`${background} más en segundo plano`]),
				users === 1 ? 'todo de una persona' : `de ${users} personas`,
				`la más antigua desde hace ${duration(oldestSeconds)}.`,
			].join(', '),
		taken: (running, slots) => `${running} de ${slots} plazas ocupadas`,
		noHost: '⚠️ Ahora mismo no se puede usar ningún servidor de modelos.',
		alone: '⚠️ Redis no está disponible: son las cifras de un solo proceso, y lo que cambies llegará a los demás cuando vuelva.',
		unknown: 'Conozco «cola ver», «cola pausar», «cola reanudar» y «cola vaciar».',
	},
};
