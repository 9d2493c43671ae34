/** What stands below a result so that it can be checked: how much there is, of when, from where, under whose rights, and how it was asked. Pure. */

import { localTime } from '../../local-time.ts';
import { languageIn, type Words } from '../../locales/locales.ts';
import type { ConnectorAnswer, UsableConnector } from '../connectors.ts';
import type { ShownTable } from './result-table.ts';
import { inertText } from './shown-values.ts';

export interface DataReceipt {
	connector: UsableConnector;
	answer: Pick<ConnectorAnswer, 'rows' | 'cutBy' | 'columns' | 'at'>;
	table: ShownTable | null;
	/** A named question; else the model that wrote the statement. */
	asked: { named: string } | { model: string };
	/** What was taken for granted, a sentence each: by a model, or by us where somebody typed something else. */
	assumptions: readonly string[];
}

const mostAssumptionCharacters = 200;
const mostAssumptions = 4;

/** A quotation in Markdown. */
export function receiptText({ connector, answer, table, asked, assumptions }: DataReceipt, words: Words): string {
	const { receipt } = words.companyData;
	const { catalogue, role, hasPersonalRows } = connector;
	const all = answer.cutBy === null ? receipt.rows(answer.rows.length) : receipt.cut(answer.rows.length);
	const parts = [
		table === null || table.shownRows === answer.rows.length ? all : receipt.shown(table.shownRows, all),
		...(table === null || table.shownColumns === answer.columns.length ? [] : [receipt.columns(table.shownColumns, answer.columns.length)]),
		receipt.at(momentOf(connector, answer), catalogue.timeZone),
		receipt.from(connectorTitle(connector, words), inertText(role)),
		...(hasPersonalRows ? [receipt.personal] : []),
		'named' in asked ? receipt.named(inertText(asked.named)) : receipt.written(inertText(asked.model)),
	];
	const assumed = assumptions
		.map((one) => inertText(one, mostAssumptionCharacters))
		.filter((one) => one !== '')
		.slice(0, mostAssumptions);
	return [parts.join(' · '), ...(assumed.length === 0 ? [] : [`${receipt.assumed}: ${assumed.join(' · ')}`])]
		.map((line) => `> ${line}`)
		.join('\n> \n');
}

/** When the database began to read, by its connector's clock. */
export function momentOf({ catalogue }: UsableConnector, { at }: Pick<ConnectorAnswer, 'at'>): string {
	return localTime(at, catalogue.timeZone).at;
}

export function connectorTitle({ catalogue }: UsableConnector, words: Words): string {
	return inertText(catalogue.title[languageIn(words)]);
}
