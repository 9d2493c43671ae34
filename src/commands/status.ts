/** `status`: how the bot is doing, in a few lines that anyone may read; administrators see the version too. */

import type { HostStatus } from '../models/model-operations.ts';
import { defineCommand } from './definition.ts';

export const statusCommand = defineCommand({
	names: { en: 'status', es: 'estado' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['status', 'estado'],
	onlyLooks: () => true,
	async run({ words, person, services: { build, models, running, cache } }) {
		const states = models.status();
		const hosts = states.filter(({ model }) => model === models.model);
		const hostsUp = hosts.filter((host) => host.state === 'up').length;
		const modelsThatAre = (state: HostStatus['state']) => [
			...new Set(states.filter((one) => one.state === state).map(({ model }) => model)),
		];
		const [missing, unfit] = [modelsThatAre('model-missing'), modelsThatAre('model-unfit')];
		const isModelWrong = hosts.some(({ state }) => state === 'model-missing' || state === 'model-unfit');
		const problems = [
			...missing.map(words.failure.modelMissing),
			...unfit.map(words.failure.modelUnfit),
			...(hostsUp === 0 && !isModelWrong ? [words.failure.modelUnavailable] : []),
			...(cache.mode() === 'degraded' ? [words.command.cacheAway] : []),
		];
		const facts = { model: models.model, hostsUp, hosts: hosts.length, writing: running.count(), waiting: models.queueLength() };
		const verdict = problems.length === 0 ? [words.command.statusFine] : problems.map(words.command.statusProblem);
		const version = person.role === 'ccb_admin' ? [words.command.version(build.version, build.commit)] : [];
		return [words.command.status(facts), ...verdict, ...version];
	},
});
