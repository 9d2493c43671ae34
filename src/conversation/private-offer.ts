/**
 * What the asker may read beside what everybody in the place may: an answer in a channel draws on nothing of it. They are told so alone, with a button
 * that asks the same in their personal chat; nobody else learns that there is more.
 */

import type { ReadingScopes, ScopeRequest } from '../knowledge/audience/reading-scopes.ts';
import type { ReadableChunks } from '../knowledge/search/readable-chunks.ts';
import type { KnowledgeSearch } from '../knowledge/search/search.ts';
import type { Logger } from '../log.ts';
import type { AskedOfDocuments } from './knowledge-step.ts';
import type { Turn } from './turn-context.ts';

export interface PrivateOfferDependencies {
	knowledge: KnowledgeSearch;
	scopes: ReadingScopes;
	chunks: ReadableChunks;
	logger: Pick<Logger, 'warn'>;
}

/** Documents that are counted; more are as many. */
const wanted = 6;
/** The answer is there already; whoever asks next in the conversation waits for this. */
const patienceMs = 5_000;

export function createPrivateOffer({ knowledge, scopes, chunks, logger }: PrivateOfferDependencies) {
	/** How many documents about the question the asker may read, and not everybody there. */
	async function countMore(request: ScopeRequest, asked: AskedOfDocuments, signal: AbortSignal): Promise<number> {
		const [shared, own] = [await scopes.of(request, signal), await scopes.ofAsker(request, signal)];
		const channelIds = own.channelIds.filter((id) => !shared.channelIds.includes(id));
		const scope = { channelIds, withCompany: own.withCompany && !shared.withCompany };
		if (channelIds.length === 0 && !scope.withCompany) return 0;
		const { passages, isRelevant } = await knowledge.search(request.asker, { ...asked, scope, wanted }, signal);
		if (!isRelevant) return 0;
		const ids = passages.map(({ chunkId }) => chunkId);
		const known = await chunks.read(ids, request, signal);
		return new Set(passages.filter(({ chunkId }) => !known.has(chunkId)).map(({ documentId }) => documentId)).size;
	}

	/**
	 * Once the answer is there; `asked` is what documents were asked, or that the answer was from data that not everybody there may see. Never rejects:
	 * whoever is not offered it can ask in their personal chat all the same.
	 */
	return async function offer({ options, pacer, signal }: Turn, answerId: string, asked: AskedOfDocuments | 'data'): Promise<void> {
		const { person: asker, recipient: account, platform, question, words } = options;
		const { place } = question;
		// Who has no account here is told nothing here.
		if (place.kind === 'direct' || (account.platform ?? platform.name) !== platform.name) return;
		const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		try {
			const count = asked === 'data' ? null : await countMore({ asker, account, platform, place }, asked, patience);
			if (count === 0) return;
			const button = { label: words.documents.askPrivately, action: { name: 'privately', replyId: answerId } } as const;
			const offered = { text: count === null ? words.companyData.privatelyOffer : words.documents.moreForYou(count), button };
			const call = { operation: 'send-privately', place, priority: 'update' } as const;
			await pacer.run(call, patience, () => platform.sendOffer(place, account, offered, patience));
		} catch (error) {
			if (!patience.aborted) logger.warn({ err: error, answer: answerId }, 'nobody was offered what they alone may read');
		}
	};
}
