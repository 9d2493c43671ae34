/** `stop`: the answers that are being written for this person in this place end at once. */

import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Command } from './command.ts';

export function createStopCommand(deps: { running: RunningTurns }): Command {
	return {
		name: 'stop',
		spoken: ['para', 'parar', 'detente', 'cancel', 'cancelar', 'cancela'],
		async run({ person, place, words }) {
			const stopped = await deps.running.stop({ userId: person.userId, place });
			return [stopped === 0 ? words.command.nothingToStop : words.command.stopped(stopped)];
		},
	};
}
