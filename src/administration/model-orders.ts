/** What administrators do with the models on the hosts: they see what is installed, install one, and take one out of memory. */

import { z } from 'zod';
import type { Values } from '../cache/values.ts';
import type { ModelDefault } from '../choices/default-model.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { type BotError, toBotError } from '../errors.ts';
import { createReachAlone, type ReachAloneDependencies, type Reached } from '../identity/reach-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Language, type Words, wordsFor } from '../locales/locales.ts';
import { isSameModel, refuseCloudModel } from '../models/model-name.ts';
import type { HostInventory, ModelOperations, PullProgress } from '../models/model-operations.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import { createPullBook, type PullBook, type Pulls } from './pull-book.ts';

export interface ModelOrders {
	/** @throws BotError as `ModelOperations.installed`. */
	installed(): Promise<HostInventory[]>;
	/**
	 * Leaves it to be done on every host, one after the other; whoever asked sees how far it is. `joined`: it is being done for somebody else, and they are
	 * told too. `off`: the settings do not allow it. @throws BotError `CONFIG_INVALID` for a model of Ollama's cloud; as `Jobs.enqueue`.
	 */
	beginPull(userId: string, model: string): Promise<'begun' | 'joined' | 'off'>;
	/** What holds where nobody chose another model. @throws BotError as `ModelDefault`. */
	standard(): Promise<StandardModel>;
	/** @param model By any spelling of its name; null goes back to the settings. @throws BotError as `ModelDefault` and `ModelOperations.installed`. */
	chooseStandard(administrator: Principal, model: string | null): Promise<StandardChoice>;
	/** @returns from which hosts' memory it was taken. @throws BotError as `ModelOperations.unload`. */
	unload(model: string): Promise<string[]>;
}

export interface StandardModel {
	model: string;
	/** What an administrator chose is no longer among the settings. */
	isLost: boolean;
	/** Whether administrators chose it; else the settings say it. */
	isChosen: boolean;
}

export type StandardChoice =
	| { type: 'chosen'; model: string }
	/** `unknown`: no setting names it. `missing`: no host that answers has it. `unfit`: it writes no answers. */
	| { type: 'refused'; reason: 'unknown' | 'missing' | 'unfit'; configured: readonly string[] };

/** What is shown beside the orders. */
export interface ModelOrdersStanding {
	/** Whether the settings allow to install models. */
	mayPull: boolean;
	/** @throws BotError as `Jobs.unfinished`. */
	pulls(): Promise<Pulls>;
}

export interface ModelOrdersRoom {
	operations: ModelOrders & ModelOrdersStanding;
	jobDefinitions: readonly JobDefinition[];
}

export interface ModelOrdersDependencies extends Omit<ReachAloneDependencies, 'database'> {
	database: Database;
	models: Pick<ModelOperations, 'installed' | 'pull' | 'unload' | 'status'> & Pick<LanguageModels, 'model' | 'models'>;
	defaultModel: Pick<ModelDefault, 'chosen' | 'choose'>;
	jobs: Pick<Jobs, 'enqueue' | 'unfinished'>;
	/** Where processes tell each other how far they are. */
	values: Pick<Values, 'keep' | 'recall'>;
	/** Whether administrators may install models from the chat. */
	mayPull: boolean;
	language: Language;
	clock: Clock;
}

const pulled = z.object({
	model: z.string(),
	/** `users.id` of whoever wants it. */
	by: z.uuid(),
});

type Pulled = z.infer<typeof pulled>;

const pullName = 'pull-model';

/** A model of a hundred gigabytes over a slow line. */
const timeLimitMs = 8 * 3_600_000;
/** Nobody reads a line that changes more often, and platforms sell edits. */
const editEveryMs = 5_000;
/** Hosts answer at once, or not at all. */
const patienceMs = 40_000;

export function createModelOrders(deps: ModelOrdersDependencies): ModelOrdersRoom {
	const { database, models, defaultModel, jobs, mayPull, language } = deps;
	const reach = createReachAlone(deps);
	const book = createPullBook({ ...deps, job: pullName });
	const hostNames = () => [...new Set(models.status().map(({ host }) => host))];

	const pull: JobDefinition<Pulled> = {
		name: pullName,
		data: pulled,
		// Never two of one model side by side: the next one finds it there.
		key: ({ model }) => model.toLowerCase(),
		userId: ({ by }) => by,
		timeLimitMs,
		async run({ model, by }, { id, signal, progress }) {
			const reached = await reach({ userId: by, near: null }, signal);
			const { operating } = wordsFor(reached?.locale ?? null, language).administration;
			const line = createLine(deps, reached, signal);
			const hosts = hostNames();
			const onStep = async (host: string, { step, bytes }: PullProgress) => {
				if (bytes !== null) progress(bytes.done, bytes.total);
				await book.noteStep(id, { model, host, step, bytes });
				const share = bytes === null ? null : bytes.done / Math.max(bytes.total, 1);
				await line.show(operating.models.progress(model, host, step, share), false);
			};
			try {
				for (const host of hosts) {
					for await (const step of models.pull({ host, model }, signal)) await onStep(host, step);
				}
			} catch (thrown) {
				await endBadly(toBotError(thrown), { line, book, words: operating, model });
				return;
			}
			await book.noteEnd(model, null);
			await line.show(operating.models.pulled(model, hosts.join(', ')), true);
		},
		async onLost({ model, by }) {
			const signal = AbortSignal.timeout(patienceMs);
			const reached = await reach({ userId: by, near: null }, signal);
			const { operating } = wordsFor(reached?.locale ?? null, language).administration;
			await book.noteEnd(model, 'lost');
			await createLine(deps, reached, signal).show(operating.models.failed(model, 'lost'), true);
		},
	};

	return {
		jobDefinitions: [pull],
		operations: {
			installed: () => models.installed(AbortSignal.timeout(patienceMs)),
			async beginPull(userId, model) {
				refuseCloudModel(model);
				if (!mayPull) return 'off';
				const id = await jobs.enqueue(database, pull, { model, by: userId });
				if (id === null) return 'joined';
				await book.noteStep(id, { model, host: null, step: null, bytes: null });
				return 'begun';
			},
			async standard() {
				const chosen = await defaultModel.chosen();
				const isChosen = chosen !== null && isSameModel(chosen, models.model);
				return { model: models.model, isChosen, isLost: chosen !== null && !isChosen };
			},
			async chooseStandard(administrator, wanted) {
				const configured = models.models.map(({ name }) => name);
				const refused = (reason: 'unknown' | 'missing' | 'unfit') => ({ type: 'refused', reason, configured }) as const;
				if (wanted !== null) {
					const known = configured.find((name) => isSameModel(name, wanted));
					if (known === undefined) return refused('unknown');
					const inventory = await models.installed(AbortSignal.timeout(patienceMs));
					if (!inventory.some(({ models: there }) => there?.some(({ name }) => isSameModel(name, known)))) return refused('missing');
					const states = models.status().filter(({ model }) => model === known);
					if (states.some(({ state }) => state === 'model-unfit')) return refused('unfit');
					await defaultModel.choose(administrator, known);
				} else await defaultModel.choose(administrator, null);
				return { type: 'chosen', model: models.model };
			},
			mayPull,
			pulls: book.read,
			async unload(model) {
				const signal = AbortSignal.timeout(patienceMs);
				const inventory = await models.installed(signal);
				const loaded = inventory.flatMap(({ host, models: there }) =>
					(there ?? []).filter((one) => one.loaded !== null && isSameModel(one.name, model)).map(({ name }) => ({ host, model: name })),
				);
				for (const place of loaded) await models.unload(place, signal);
				return loaded.map(({ host }) => host);
			},
		},
	};
}

interface ProgressLine {
	/** Shows it in place of what was shown before; what comes soon after another is left out, unless it is the last. */
	show(text: string, isLast: boolean): Promise<void>;
}

/** One message in the personal chat of whoever wants it. Whoever is not reached sees nothing. @throws BotError as `ChatPlatform.post` and `edit`. */
function createLine({ pacers, clock }: ModelOrdersDependencies, reached: Reached | null, signal: AbortSignal): ProgressLine {
	let shown: MessageReference | null = null;
	let shownAtMs = Number.NEGATIVE_INFINITY;
	return {
		async show(source, isLast) {
			if (reached === null || (!isLast && clock.now() - shownAtMs < editEveryMs)) return;
			shownAtMs = clock.now();
			const { platform, chat: place } = reached;
			const text = platform.renderBlock({ kind: 'paragraph', source, language: '', isComplete: true });
			const pacer = pacers(platform);
			const reference = shown;
			if (reference === null) {
				shown = await pacer.run({ operation: 'post', place, priority: 'update' }, signal, () =>
					platform.post(place, { text, buttons: [] }, signal),
				);
			} else {
				await pacer.run({ operation: 'edit', place, priority: 'update' }, signal, () =>
					platform.edit(reference, { text, buttons: [] }, signal),
				);
			}
		},
	};
}

interface Ending {
	line: ProgressLine;
	book: PullBook;
	words: Words['administration']['operating'];
	model: string;
}

/** What may pass later is tried again, and the line goes on then. @throws the error of such. */
async function endBadly(error: BotError, { line, book, words: { models }, model }: Ending): Promise<void> {
	if (error.retryable || error.code === 'CANCELLED') throw error;
	const reason = error.reason ?? error.code;
	await book.noteEnd(model, reason);
	await line.show(models.failed(model, reason), true);
}
