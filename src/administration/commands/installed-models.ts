/** `models`, `models default`, `models pull` and `models unload`: what is installed on the model hosts, and what becomes of it. */

import { z } from 'zod';
import { toBotError } from '../../errors.ts';
import type { HostInventory } from '../../models/model-operations.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { type AdministrationWords, CommandRefusal, type ProgramContext } from '../admin-context.ts';
import type { ModelOrders } from '../model-orders.ts';

/** As Ollama has them: letters, digits, and what parts them. */
const modelName = z.string().regex(/^[\w.:/@-]{1,200}$/);

export const modelsCommand = defineAdminCommand({
	name: 'models',
	split: ([first, ...rest]) => (first === undefined || (first.text.toLowerCase() === 'list' && rest.length === 0) ? {} : null),
	arguments: z.object({}),
	ownWords: ['list'],
	examples: ['models', 'models list'],
	onlyLooks: true,
	takesNoText: true,
	async runAsProgram(context) {
		const hosts = await ordersOf(context).installed();
		return { result: hosts.flatMap((host) => shownHost(host, context.words)) };
	},
});

export const modelsPullCommand = defineAdminCommand({
	name: 'models-pull',
	split: ([first, ...rest]) => (first === undefined || rest.length > 0 ? null : { model: first.text }),
	arguments: z.object({ model: modelName }),
	examples: ['models pull qwen3:8b'],
	takesNoText: true,
	async runAsProgram(context, { model }) {
		const { actor, words } = context;
		const { models } = words.operating;
		const orders = ordersOf(context);
		if (actor.kind === 'console') throw new CommandRefusal('not-here', models.refused.inChatAlone);
		const answer = await orders.beginPull(actor.asker.userId, model).catch((thrown) => {
			throw toBotError(thrown).code === 'CONFIG_INVALID' ? new CommandRefusal('cloud-model', models.refused.cloud(model)) : thrown;
		});
		if (answer === 'off') throw new CommandRefusal('off', models.refused.off);
		const told = answer === 'begun' ? models.pulling(model) : models.joined(model);
		return { result: [told], change: { subjectUserId: null, details: { model, pull: answer } } };
	},
});

export const modelsUnloadCommand = defineAdminCommand({
	name: 'models-unload',
	split: ([first, ...rest]) => (first === undefined || rest.length > 0 ? null : { model: first.text }),
	arguments: z.object({ model: modelName }),
	examples: ['models unload qwen3:8b'],
	takesNoText: true,
	async runAsProgram(context, { model }) {
		const { models } = context.words.operating;
		const hosts = await ordersOf(context).unload(model);
		if (hosts.length === 0) throw new CommandRefusal('nothing-there', models.refused.notLoaded(model));
		return {
			result: [models.unloaded(model, hosts.join(', '))],
			change: { subjectUserId: null, details: { model, unloaded: hosts } },
		};
	},
});

export const modelsDefaultCommand = defineAdminCommand({
	name: 'models-default',
	split: ([first, ...rest]) => (rest.length > 0 ? null : { model: first?.text }),
	// A hyphen goes back to what the settings say.
	arguments: z.object({ model: z.union([z.literal('-'), modelName]).optional() }),
	examples: ['models default', 'models default qwen3:8b', 'models default -'],
	takesNoText: true,
	async runAsProgram(context, { model }) {
		const { actor, words } = context;
		const { standard: said, refused } = words.operating.models;
		const orders = ordersOf(context);
		if (model === undefined) {
			const { model: name, isChosen, isLost } = await orders.standard();
			return { result: [isChosen ? said.chosen(name) : said.ofSettings(name), ...(isLost ? [said.lost] : []), said.others] };
		}
		if (actor.kind === 'console') throw new CommandRefusal('not-here', refused.inChatAlone);
		const choice = await orders.chooseStandard(actor.asker, model === '-' ? null : model);
		if (choice.type === 'refused')
			throw new CommandRefusal(choice.reason, said.refused[choice.reason](model, choice.configured.join(', ')));
		const details = { model: choice.model, by: model === '-' ? 'settings' : 'administrator' };
		return { result: [model === '-' ? said.back(choice.model) : said.now(choice.model)], change: { subjectUserId: null, details } };
	},
});

function ordersOf({ models, words }: ProgramContext): ModelOrders {
	if (models === null) throw new CommandRefusal('not-here', words.operating.models.refused.inChatAlone);
	return models;
}

function shownHost({ host, models, reason }: HostInventory, { operating: { models: words } }: AdministrationWords): ResultPart[] {
	if (models === null) return [`${host}: ${words.away(reason ?? '')}`];
	if (models.length === 0) return [`${host}: ${words.none}`];
	return [host, { rows: models.map(({ name, sizeBytes, loaded }) => [name, words.installed(sizeBytes, loaded)] as const) }];
}
