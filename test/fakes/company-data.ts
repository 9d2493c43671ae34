/** Company databases that answer what a test says, and remember what they were asked. */

import type { AnswerQuery } from '#src/connectors/company-data/answer-query.ts';
import type { CompanyData, DataFile } from '#src/connectors/company-data/company-data.ts';
import type { DataAsking, DataOutcome, DataReader } from '#src/connectors/company-data/data-asking.ts';
import type { BotError } from '#src/errors.ts';

export interface FakeCompanyData extends CompanyData {
	/** Whether there is a connector for whoever asks, where they ask or elsewhere. */
	hasAny: boolean;
	/** What a verified question gives; null for none. */
	named: DataOutcome | BotError | null;
	outcome: DataOutcome;
	/** Whether everybody there may see it still. */
	isShown: boolean;
	file: DataFile | { sentence: string };
	asked: DataAsking[];
	/** For whom rights were looked at for what was answered before. */
	readers: DataReader[];
}

export const fakeQuery: AnswerQuery = {
	connector: 'shop',
	revision: '1',
	views: ['stock'],
	statement: 'select units from stock',
	sql: 'SELECT "units" FROM "stock"',
	named: null,
};

export function createFakeCompanyData(): FakeCompanyData {
	return {
		hasAny: false,
		named: null,
		outcome: { kind: 'answered', text: '| units |\n| ---: |\n| 412 |\n\n> 1 row', query: fakeQuery },
		isShown: true,
		file: { file: { name: 'shop.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode('units\r\n412\r\n') }, comment: 'Shop' },
		asked: [],
		readers: [],
		async scopeOf() {
			return { here: [], alone: [], hasMore: this.hasAny };
		},
		async answerNamed(asking) {
			this.asked.push(asking);
			if (this.named instanceof Error) throw this.named;
			return this.named;
		},
		async answer(asking) {
			this.asked.push(asking);
			return this.outcome;
		},
		async answerSaved(asking) {
			this.readers.push(asking);
			return this.outcome;
		},
		async mayShow(reader) {
			this.readers.push(reader);
			return this.isShown;
		},
		async fileOf(reader) {
			this.readers.push(reader);
			return this.file;
		},
	};
}
