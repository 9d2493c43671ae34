/** Verified questions to the company's databases, answered before any model is asked; and whether a model may ask them here. */

import type { CompanyData } from '../connectors/company-data/company-data.ts';
import type { DataReader } from '../connectors/company-data/data-asking.ts';
import { toBotError } from '../errors.ts';
import type { ConversationStore } from '../history/store.ts';
import type { AnswerRow } from '../history/stored.ts';
import type { Logger } from '../log.ts';
import type { Button } from '../platform/chat-platform.ts';
import type { FinalAnswer } from '../tools/tool.ts';
import type { TurnOptions } from './turn-context.ts';

export interface DataStepDependencies {
	companyData: Pick<CompanyData, 'scopeOf' | 'answerNamed' | 'mayShow'>;
	store: Pick<ConversationStore, 'lastQuery'>;
	logger: Pick<Logger, 'warn'>;
}

export interface DataStep {
	/** Whether there is anything to ask here, of all or of the asker alone. */
	isOffered: boolean;
	/** Of a verified question. */
	final: FinalAnswer | null;
}

const nothing: DataStep = { isOffered: false, final: null };

export function createDataStep({ companyData, store, logger }: DataStepDependencies) {
	/** Whoever asks about something else need not know that there are databases: what ails them is no fault of the answer. @throws BotError `CANCELLED`. */
	return async function look(options: TurnOptions, row: AnswerRow, model: string, signal: AbortSignal): Promise<DataStep> {
		try {
			return await lookUp(options, row, model, signal);
		} catch (thrown) {
			signal.throwIfAborted();
			logger.warn({ err: toBotError(thrown), answer: row.id }, 'connectors were not looked at for an answer');
			return nothing;
		}
	};

	async function lookUp(options: TurnOptions, row: AnswerRow, model: string, signal: AbortSignal): Promise<DataStep> {
		if (options.withoutKnowledge === true || options.recap !== undefined) return nothing;
		const reader = readerOf(options);
		const { here, hasMore } = await companyData.scopeOf(reader, signal);
		const isOffered = here.length > 0 || hasMore;
		const { question, words, attachments = [] } = options;
		// What quotes something or brings a file is about that, too.
		if (!isOffered || question.text === '' || question.cited.length > 0 || attachments.length > 0) return { isOffered, final: null };
		// What a program asked before may have been for somebody else's eyes.
		const frame = options.program === undefined ? await store.lastQuery(options.person, row.conversationId) : null;
		const asking = {
			...reader,
			words,
			question: question.text,
			frame,
			model,
			questionId: row.questionId,
			conversationId: row.conversationId,
		};
		const outcome = await companyData.answerNamed(asking, signal);
		const final = outcome === null ? null : { text: outcome.text, query: outcome.query, isPrivate: outcome.kind === 'private' };
		return { isOffered, final };
	}
}

/** An answer from a database, once more before it is shown: while it was made somebody may have come in who may not see it. Where nobody can say, it is not. */
export async function mayStillShow(
	{ companyData, logger }: Pick<DataStepDependencies, 'companyData' | 'logger'>,
	options: TurnOptions,
	{ query }: Pick<FinalAnswer, 'query'>,
	signal: AbortSignal,
): Promise<boolean> {
	if (query === null) return true;
	return await companyData.mayShow(readerOf(options), query, signal).catch((thrown) => {
		signal.throwIfAborted();
		logger.warn({ err: toBotError(thrown) }, 'an answer from a database is not shown: nobody can say who may see it');
		return false;
	});
}

/** The statement on request, and all rows as a file: where the platform shows none, the button tells how they are to be had. */
export function dataButtons({ words }: Pick<TurnOptions, 'words'>, answerId: string): Button[] {
	const { sql, csv } = words.companyData.button;
	return [
		{ label: sql, action: { name: 'sql', replyId: answerId } },
		{ label: csv, action: { name: 'csv', replyId: answerId } },
	];
}

function readerOf({ person, recipient: account, platform, question }: TurnOptions): DataReader {
	return { person, account, platform, place: question.place };
}
