/** `status`: how the bot is doing, in a few lines that anyone may read. */

import type { HostStatus } from '../models/model-pool.ts';
import { defineCommand } from './definition.ts';

export const statusCommand = defineCommand({
	names: { en: 'status', es: 'estado' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['status', 'estado'],
	async run({ words, services: { models, running, cache } }) {
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
		return [words.command.status(facts), ...verdict];
	},
});
