/** `query_company_data`: numbers and lists from the company's databases, as the whole answer: what it says comes from their rows and from no model. */

import { z } from 'zod';
import type { CompanyData } from '../connectors/company-data/company-data.ts';
import type { ConversationStore } from '../history/store.ts';
import { questionIdOf } from '../identity/place-id.ts';
import { createTool, type Tool } from './tool.ts';

export interface QueryCompanyDataDependencies {
	companyData: Pick<CompanyData, 'answer'>;
	store: Pick<ConversationStore, 'lastQuery'>;
}

export const queryCompanyDataName = 'query_company_data';

/** Three statements of a model and one sentence, on a host that has just loaded it, and ten seconds of a database for each. */
const longestRunMs = 180_000;

const schema = z.object({
	question: z
		.string()
		.trim()
		.min(1)
		.max(1_000)
		.describe('The whole question in the asker’s words and language, with the names, values and dates that it leaves out.'),
});

export function createQueryCompanyDataTool({ companyData, store }: QueryCompanyDataDependencies): Tool {
	return createTool({
		name: queryCompanyDataName,
		description:
			'Answers a question from the company’s own databases: how many, how much, which, since when; stock, orders, sales, customers and whatever else is kept there. Call it once with the whole question, alone, whenever the answer is a number or a list of the company. What it finds is shown to the asker as it is; say nothing before.',
		schema,
		longestRunMs,
		async run({ question }, context, signal) {
			const { person, account, platform, place, words, conversationId, model, questionMessageId } = context;
			const asking = {
				...{ person, account, platform, place, words, conversationId, model, question },
				questionId: questionIdOf(place, questionMessageId),
				frame: await store.lastQuery(person, conversationId),
			};
			const { kind, text, query } = await companyData.answer(asking, signal);
			return { data: {}, final: { text, query, isPrivate: kind === 'private' } };
		},
	});
}
