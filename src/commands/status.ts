/** `status`: how the bot is doing, in a few lines that anyone may read. */

import type { Cache } from '../cache/cache.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { ModelPool } from '../models/model-pool.ts';
import type { Command } from './command.ts';

export function createStatusCommand(deps: { models: ModelPool; running: RunningTurns; cache: Cache }): Command {
	const { models, running, cache } = deps;
	return {
		name: 'status',
		spoken: ['estado'],
		async run({ words }) {
			const hosts = models.status();
			const hostsUp = hosts.filter((host) => host.state === 'up').length;
			const problems = [
				...(hosts.some((host) => host.state === 'model-missing') ? [words.failure.modelMissing(models.model)] : []),
				...(hostsUp === 0 && !hosts.some((host) => host.state === 'model-missing') ? [words.failure.modelUnavailable] : []),
				...(cache.mode() === 'degraded' ? [words.command.cacheAway] : []),
			];
			const facts = { model: models.model, hostsUp, hosts: hosts.length, writing: running.count(), waiting: models.queueLength() };
			const verdict = problems.length === 0 ? [words.command.statusFine] : problems.map(words.command.statusProblem);
			return [words.command.status(facts), ...verdict].join('\n');
		},
	};
}
