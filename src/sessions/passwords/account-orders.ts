/** What administrators do with accounts that have a password: they make them and hand links over, and never learn a password. */

import { enterPath } from '../web-door.ts';
import type { LocalAccounts } from './local-accounts.ts';

/** All @throws BotError as `LocalAccounts`. */
export interface AccountOrders {
	/** @returns the address at which the password is chosen; null for a name that somebody has. */
	add(name: string, displayName: string): Promise<string | null>;
	/** @returns as `add`; null for nobody. */
	reset(name: string): Promise<string | null>;
	/** @returns false where there was none. */
	dropSecondFactor(name: string): Promise<boolean>;
}

/** Before the secret of a link, which the page reads behind the `#`: tells it from one that signs in. */
const purpose = 'password.';

export function createAccountOrders(accounts: LocalAccounts, publicUrl: string): AccountOrders {
	const addressOf = (secret: string | null) => (secret === null ? null : `${publicUrl}${enterPath}#${purpose}${secret}`);
	return {
		add: async (name, displayName) => addressOf(await accounts.add(name, displayName)),
		reset: async (name) => addressOf(await accounts.renew(name)),
		dropSecondFactor: (name) => accounts.dropSecondFactor(name),
	};
}
