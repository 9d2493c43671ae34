/** The statement and the rows of answers from a company's database: for whoever asked, as they may ask now. */

import type { AnswerQuery } from '../../connectors/company-data/answer-query.ts';
import type { FileAsking } from '../../connectors/company-data/company-data.ts';
import { BotError } from '../../errors.ts';
import type { Account } from '../../identity/account.ts';
import { webPlatform } from '../../identity/account.ts';
import type { Person } from '../../identity/person.ts';
import type { Words } from '../../locales/locales.ts';
import { ownPlace } from '../asking.ts';
import { saveLinkedRows, saveRows, statementOfAnswer } from '../contract/rows.ts';
import { ApiRefusal, notFound } from '../refusal.ts';
import { type FileAnswer, type ServedRoute, serve } from '../serve.ts';
import type { ApiServices } from '../services.ts';

const gone = () => new ApiRefusal('NOT_FOUND', { sentence: ({ companyData }) => companyData.csvGone });

/** Whoever reads here reads alone. */
interface LoneReader {
	person: Person;
	account: Account;
	words: Words;
	services: ApiServices;
	signal: AbortSignal;
}

export const rowRoutes: readonly ServedRoute[] = [
	serve(statementOfAnswer, async ({ variables: { id }, caller, words, services, signal }) => {
		const { reader, query } = await findAsked(id, { ...caller, words, services, signal });
		if (!(await services.companyData.mayShow(reader, query, signal))) throw gone();
		const { connector, sql } = query;
		return { connector, sql };
	}),

	serve(saveRows, async ({ variables: { id }, caller, words, services, signal }) => fileFor(id, { ...caller, words, services, signal })),

	serve(saveLinkedRows, async ({ body: { signed }, words, services, signal }) => {
		const linked = services.rowLinks.read(signed);
		const person = linked === null ? null : await services.signedIn.personOf(linked.account, signal);
		if (linked === null || person === null) throw new ApiRefusal('NOT_FOUND', { sentence: ({ companyData }) => companyData.linkGone });
		return await fileFor(linked.answerId, { person, account: linked.account, words, services, signal });
	}),
];

async function fileFor(id: string, lone: LoneReader): Promise<FileAnswer> {
	const { reader, query } = await findAsked(id, lone);
	const made = await lone.services.companyData.fileOf(reader, query, lone.signal);
	if ('sentence' in made) throw new ApiRefusal('CONFLICT', { sentence: () => made.sentence });
	const { name, mediaType, bytes } = made.file;
	return { name, mediaType: `${mediaType}; charset=utf-8`, content: bytes };
}

/** @throws ApiRefusal `NOT_FOUND` for an answer that is not there, is not to them, or asked no database. */
async function findAsked(
	id: string,
	{ person, account, words, services }: LoneReader,
): Promise<{ reader: FileAsking; query: AnswerQuery }> {
	const answer = await services.store.findAnswer(person, id);
	const question = answer === null ? null : await services.store.findQuestion(person, answer.questionId);
	if (answer === null || question === null || !question.isOwn) throw notFound();
	const { dataQuery: query, questionId } = answer;
	if (query === null) throw gone();
	const platform = services.platforms.get(webPlatform);
	if (platform === undefined) throw new BotError('INTERNAL', 'the web is not switched on');
	return { reader: { person, account, platform, place: ownPlace(person, ''), words, questionId }, query };
}
