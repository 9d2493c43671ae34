/** `models embed`: which model makes the vectors that documents are searched with, how far another one is, and taking one without a gap. */

import { z } from 'zod';
import { toBotError } from '../../errors.ts';
import type { VectorChange, VectorOperations } from '../../knowledge/vectors/vector-operations.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { CommandRefusal, type Effect, type ProgramContext } from '../admin-context.ts';
import { shownVectors } from '../vector-standing.ts';

/** Whatever else is typed is a model's name, and so is each of these in quotes. */
const ourWords = ['default', 'cancel', 'switch'] as const;
type OurWord = (typeof ourWords)[number];

/** As Ollama has them: letters, digits, and what parts them. */
const modelName = z.string().regex(/^[\w.:/@-]{1,200}$/);

export const modelsEmbedCommand = defineAdminCommand({
	name: 'models-embed',
	split([first, ...rest]) {
		if (rest.length > 0) return null;
		const order = ourWords.find((word) => first?.isQuoted === false && first.text.toLowerCase() === word);
		return order === undefined ? { model: first?.text } : { order };
	},
	arguments: z.object({ model: modelName.optional(), order: z.enum(ourWords).optional() }),
	fields: ['model'],
	ownWords: ['default', 'cancel', 'switch'],
	examples: ['models embed', 'models embed bge-m3', 'models embed default', 'models embed cancel', 'models embed switch'],
	takesNoText: true,
	async runAsProgram(context, { model, order }) {
		const operations = operationsOf(context);
		if (model !== undefined) return await change(context, model, () => operations.choose(model));
		if (order !== undefined) return await orders[order](context, operations);
		return { result: shownVectors(await operations.standing(), context.words) };
	},
});

const orders: Readonly<Record<OurWord, (context: ProgramContext, operations: VectorOperations) => Promise<Effect>>> = {
	async default(context, operations) {
		const { standard } = await operations.standing();
		if (standard === null) throw new CommandRefusal('no-setting', context.words.vectors.refused.noSetting);
		return await change(context, standard, () => operations.chooseStandard());
	},
	async cancel({ words: { vectors: words } }, operations) {
		const model = await operations.cancel().catch((thrown) => {
			throw toBotError(thrown).code === 'CONFLICT' ? new CommandRefusal('replaced', words.refused.replaced) : thrown;
		});
		if (model === null) throw new CommandRefusal('nothing-there', words.refused.nothingBegun);
		return { result: [words.done.cancelled(model)], change: { subjectUserId: null, details: { order: 'cancel', model } } };
	},
	async switch({ words: { vectors: words } }, operations) {
		const { target } = await operations.standing();
		if (target === null || !(await operations.takeGaps())) throw new CommandRefusal('nothing-there', words.refused.nothingBegun);
		return {
			result: [words.done.takesGaps(target.model)],
			change: { subjectUserId: null, details: { order: 'switch', model: target.model } },
		};
	},
};

/** What makes vectors is part of the running program alone. */
function operationsOf({ ingestion, vectors, words: { vectors: words } }: ProgramContext): VectorOperations {
	if (ingestion === null) throw new CommandRefusal('not-here', words.refused.inChatAlone);
	if (vectors === null) throw new CommandRefusal('no-pgvector', words.refused.noPgvector);
	return vectors;
}

async function change({ words }: ProgramContext, model: string, work: () => Promise<VectorChange>): Promise<Effect> {
	try {
		const outcome = await work();
		return { result: [words.vectors.done[outcome](model)], change: { subjectUserId: null, details: { model, outcome } } };
	} catch (thrown) {
		throw refusalOf(thrown, model, words.vectors.refused) ?? thrown;
	}
}

/** What keeps a model from making vectors, as `VectorOperations.choose` tells it. */
function refusalOf(thrown: unknown, model: string, words: ProgramContext['words']['vectors']['refused']): CommandRefusal | null {
	const { code, reason = code } = toBotError(thrown);
	if (reason === 'model-missing') return new CommandRefusal(reason, words.missing(model));
	if (reason === 'cloud-model') return new CommandRefusal(reason, words.cloud(model));
	if (code === 'MODEL_REJECTED') return new CommandRefusal(reason, words.unfit(model));
	if (code === 'MODEL_UNAVAILABLE' || code === 'TIMEOUT' || code === 'CANCELLED') return new CommandRefusal(reason, words.away(model));
	return null;
}
