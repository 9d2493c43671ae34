/** `queue`: administrators look at the queue for the models, pause it, open it again, or let it run empty. */

import type { ModelOperations } from '../models/model-operations.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { QueueState } from '../queue/turn-book.ts';
import type { Words } from '../words/words.ts';
import type { Command } from './command.ts';

/** What each word asks for: a state, or nothing but a look. */
const actions = new Map<string, QueueState | 'show'>([
	['', 'show'],
	['show', 'show'],
	['ver', 'show'],
	['pause', 'paused'],
	['pausar', 'paused'],
	['pausa', 'paused'],
	['resume', 'open'],
	['reanudar', 'open'],
	['drain', 'draining'],
	['vaciar', 'draining'],
]);

type QueueModels = Pick<LanguageModels, 'model'> & Pick<ModelOperations, 'queue' | 'setQueueState'>;

export function createQueueCommand({ models }: { models: QueueModels }): Command {
	return {
		name: 'queue',
		spoken: ['cola'],
		isArgument: (text) => actions.has(actionIn(text)),
		async run({ words, argument }) {
			const action = actions.get(actionIn(argument));
			if (action === undefined) return words.queue.command.unknown;
			if (action !== 'show') await models.setQueueState(action);
			return await describe(models, words);
		},
	};
}

function actionIn(text: string): string {
	return text.toLowerCase().replace(/[\s.!?…]+$/, '');
}

async function describe(models: Omit<QueueModels, 'setQueueState'>, { queue: { command: words } }: Words): Promise<string> {
	const { state, waiting, users, oldestWaitMs, hosts, mode } = await models.queue();
	const isOneModel = new Set(hosts.map(({ model }) => model)).size <= 1;
	const oldestSeconds = Math.round(oldestWaitMs / 1_000);
	return [
		words.state[state](models.model),
		waiting.interactive + waiting.background === 0 ? words.nobodyWaits : words.waiting({ ...waiting, users, oldestSeconds }),
		...(hosts.length === 0
			? [words.noHost]
			: hosts.map(({ host, model, running, slots }) => `• ${words.host(isOneModel ? host : `${model}, ${host}`, running, slots)}`)),
		...(mode === 'degraded' ? [words.alone] : []),
	].join('\n');
}
