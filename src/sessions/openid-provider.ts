/** What is known of an OpenID provider: how it is asked, and which account it vouches for. Pure. */

import type { Account } from '../identity/account.ts';
import type { ToldOfAccount } from '../identity/web-accounts.ts';

/** What an id token says, once it was checked. */
export type Claims = Readonly<Record<string, unknown>>;

export interface OpenIdProvider {
	/** Of the platform whose accounts it knows; of its own where it is none. */
	name: string;
	/** As people call it; null for a platform, which everybody knows. */
	title: string | null;
	/** As it stands in its id tokens, and from where its metadata are read. */
	issuer: string;
	clientId: string;
	clientSecret: string;
	scope: string;
	/** Whether it takes a proof that who redeems a code is who asked for it. */
	takesProof: boolean;
	/** What it is asked besides. */
	parameters: Readonly<Record<string, string>>;
	/** Whether it is asked for what its id token does not say. Absent where the token says it all. */
	asksForMore?(claims: Claims): boolean;
	/** Null for whoever is none of ours. */
	accountOf(claims: Claims): Account | null;
	/** What it says of them, where no chat platform does. Absent for those. */
	told?(claims: Claims): ToldOfAccount;
}

/** How a provider is registered. */
export interface Registration {
	clientId: string;
	clientSecret: string;
}

/** Null for what is no text, or none at all. */
export function idIn(claims: Claims, name: string): string | null {
	const value = claims[name];
	return typeof value === 'string' && value !== '' ? value : null;
}
