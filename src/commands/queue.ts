/** `queue`: administrators look at the queue for the models, pause it, open it again, or let it run empty. */

import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';
import type { CommandServices } from './services.ts';

const action = choiceOf({
	show: { en: 'show', es: 'ver' },
	pause: { en: 'pause', es: 'pausar', otherWords: ['pausa'] },
	resume: { en: 'resume', es: 'reanudar' },
	drain: { en: 'drain', es: 'vaciar' },
});

const states = { pause: 'paused', resume: 'open', drain: 'draining' } as const;

export const queueCommand = defineCommand({
	names: { en: 'queue', es: 'cola' },
	audience: 'administrators',
	answer: 'private',
	arguments: { action },
	examples: [
		'queue',
		'queue show',
		'queue pause',
		'queue resume',
		'queue drain',
		'cola ver',
		'cola pausar',
		'cola reanudar',
		'cola vaciar',
	],
	isArgument: (typed) => action.schema.safeParse(typed).success,
	onlyLooks: (typed) => (action.schema.safeParse(typed).data ?? 'show') === 'show',
	explain: (_argument, { words }) => words.queue.command.unknown,
	async run({ words, services: { models } }, { action: wanted = 'show' }) {
		if (wanted !== 'show') await models.setQueueState(states[wanted]);
		return await describe(models, words);
	},
});

async function describe(models: CommandServices['models'], { queue: { command: words } }: Words): Promise<CommandResult> {
	const { state, waiting, users, oldestWaitMs, hosts, mode } = await models.queue();
	const isOneModel = new Set(hosts.map(({ model }) => model)).size <= 1;
	const oldestSeconds = Math.round(oldestWaitMs / 1_000);
	return [
		words.state[state](models.model),
		waiting.interactive + waiting.background === 0 ? words.nobodyWaits : words.waiting({ ...waiting, users, oldestSeconds }),
		hosts.length === 0
			? words.noHost
			: {
					rows: hosts.map(
						({ host, model, running, slots }) => [isOneModel ? host : `${model}, ${host}`, words.taken(running, slots)] as const,
					),
				},
		...(mode === 'degraded' ? [words.alone] : []),
	];
}
