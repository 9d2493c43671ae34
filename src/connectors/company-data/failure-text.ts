/** What the asker is told when the database of a connector does not answer. Pure. */

import type { BotError } from '../../errors.ts';
import type { Words } from '../../locales/locales.ts';
import type { UsableConnector } from '../connectors.ts';
import { connectorTitle } from './receipt.ts';

/** Null for what is no fault of the database: that is whoever called's to tell. */
export function failureText({ code, reason }: BotError, connector: UsableConnector, words: Words): string | null {
	const { failed } = words.companyData;
	const title = connectorTitle(connector, words);
	switch (code) {
		case 'STORE_UNAVAILABLE':
		case 'RATE_LIMITED':
			return failed.away(title);
		case 'TIMEOUT':
			return failed.slow(title);
		case 'TOO_LARGE':
			return failed.costly(title);
		case 'NOT_FOUND':
			return failed.maintained(title);
		case 'CONFIG_INVALID':
			return failed.misconfigured(title);
		case 'FORBIDDEN':
			return reason === noIdentity ? failed.unknownPerson(title) : failed.maintained(title);
		default:
			return null;
	}
}

/** `BotError.reason` of `Connectors.ask` where rows depend on who asks. */
const noIdentity = 'no identity';
