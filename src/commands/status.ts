/** `status`: how the bot is doing, in a few lines that anyone may read. */

import type { CacheState } from '../cache/cache.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { HostStatus, ModelOperations } from '../models/model-operations.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Command } from './command.ts';

interface StatusParts {
	models: Pick<LanguageModels, 'model'> & Pick<ModelOperations, 'status' | 'queueLength'>;
	running: RunningTurns;
	cache: CacheState;
}

export function createStatusCommand(deps: StatusParts): Command {
	const { models, running, cache } = deps;
	return {
		name: 'status',
		spoken: ['estado'],
		async run({ words }) {
			const hosts = models.status();
			const hostsUp = hosts.filter((host) => host.state === 'up').length;
			const isAny = (state: HostStatus['state']) => hosts.some((host) => host.state === state);
			const isModelWrong = isAny('model-missing') || isAny('model-unfit');
			const problems = [
				...(isAny('model-missing') ? [words.failure.modelMissing(models.model)] : []),
				...(isAny('model-unfit') ? [words.failure.modelUnfit(models.model)] : []),
				...(hostsUp === 0 && !isModelWrong ? [words.failure.modelUnavailable] : []),
				...(cache.mode() === 'degraded' ? [words.command.cacheAway] : []),
			];
			const facts = { model: models.model, hostsUp, hosts: hosts.length, writing: running.count(), waiting: models.queueLength() };
			const verdict = problems.length === 0 ? [words.command.statusFine] : problems.map(words.command.statusProblem);
			return [words.command.status(facts), ...verdict].join('\n');
		},
	};
}
