/** `search_documents`: passages of the company's documents, as far as the asker and all who read the answer may read them. */

import { z } from 'zod';
import type { ReadingScopes } from '../knowledge/audience/reading-scopes.ts';
import type { KnowledgeSearch } from '../knowledge/search/search.ts';
import { sourceOf } from './document-passages.ts';
import { createTool, type Tool } from './tool.ts';

export interface SearchDocumentsDependencies {
	knowledge: KnowledgeSearch;
	scopes: ReadingScopes;
}

/** A model reads them all, within the room of its round. */
const wanted = 6;

const schema = z.object({
	query: z
		.string()
		.trim()
		.min(1)
		.max(500)
		.describe(
			'What to look for, as a whole question or as telling words: names, codes, terms. Without words that mean nothing by themselves.',
		),
	other_wording: z
		.string()
		.trim()
		.max(500)
		.optional()
		.describe('The same in the other language of the company’s documents (Spanish or English), or in other words.'),
});

export const searchDocumentsName = 'search_documents';

export function createSearchDocumentsTool({ knowledge, scopes }: SearchDocumentsDependencies): Tool {
	return createTool({
		name: searchDocumentsName,
		description:
			'Searches the documents of the company that may be used here. Call it when the passages that you were given do not answer the question, with other words than the asker’s.',
		schema,
		async run({ query, other_wording }, { person, account, platform, place, words }, signal) {
			const scope = await scopes.of({ asker: person, account, platform, place }, signal);
			const wordings = other_wording === undefined || other_wording === '' ? [] : [other_wording];
			const { passages, isRelevant } = await knowledge.search(person, { question: query, wordings, scope, wanted }, signal);
			if (!isRelevant) return { data: { found: 'nothing about this' } };
			return { data: { found: passages.length }, sources: passages.map((passage) => sourceOf(passage, words)) };
		},
	});
}
