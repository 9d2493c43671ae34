/** Lo que se cuenta en el canal de operaciones sobre la monitorización, en español. Lo que dice cada aviso viene con él. */

import type { alerts as english } from './english.ts';

export const alerts: typeof english = {
	firing: (count) => (count === 1 ? 'Algo necesita atención:' : `${count} cosas necesitan atención:`),
	resolved: (count) => (count === 1 ? 'Esto ha terminado:' : `Estas ${count} cosas han terminado:`),
	lasting: (count) => (count === 1 ? 'Esto sigue igual:' : `Estas ${count} cosas siguen igual:`),
	urgent: 'urgente',
	unnamed: (name) => `El aviso ${name}`,
	more: (count) => `Y ${count} más; Alertmanager los tiene todos.`,
	silent: (minutes) =>
		`Hace ${minutes} minutos que no se sabe nada de la monitorización, así que nadie avisaría de otra cosa. Mira si funcionan Prometheus y Alertmanager.`,
	heardAgain: 'Vuelve a saberse de la monitorización.',
};
