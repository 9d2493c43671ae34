/** Which sentence of a source in another language is shown with an answer. */

import { expect, it } from 'vitest';
import { originalOf } from '#src/knowledge/cite/original.ts';

const spanish = `Las solicitudes se presentan en el portal de RRHH con quince días de antelación.
Los empleados a jornada completa disponen de 23 días laborables de vacaciones al año. La oficina de Sevilla cierra de 9:00 a 14:30.`;
const english =
	'The pump of line 3 stands in the workshop in Lima. It was moved there on May 4, 2026; nobody uses it. Every pump needs a protocol.';

it.each([
	[
		'Employees have 23 working days of holiday a year.',
		spanish,
		'Los empleados a jornada completa disponen de 23 días laborables de vacaciones al año.',
	],
	['The office in Sevilla closes at 14:30 in summer.', spanish, 'La oficina de Sevilla cierra de 9:00 a 14:30.'],
	['La bomba se llevó allí el 4 de mayo de 2026.', english, 'It was moved there on May 4, 2026;'],
	['Todas las bombas necesitan un protocolo.', english, null],
	['Los empleados tienen 23 días de vacaciones al año.', spanish, null],
	['People of the company like to work.', spanish, null],
	['', spanish, null],
])('of “%s”', (sentence, passage, original) => {
	expect(originalOf(sentence, passage)).toBe(original);
});
