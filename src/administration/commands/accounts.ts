/** `account add`, `account reset` and `account factor`: accounts with a password, for people without a chat. */

import { z } from 'zod';
import { accountReference } from '../../identity/account.ts';
import type { AccountOrders } from '../../sessions/passwords/account-orders.ts';
import { localAccount } from '../../sessions/passwords/local-accounts.ts';
import { linkMinutes } from '../../sessions/sign-in.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { type Change, CommandRefusal, type ProgramContext } from '../admin-context.ts';
import { joined, type TypedWord } from '../typed-words.ts';

/** As it is typed to sign in: small letters, digits and a few signs. */
const accountName = z
	.string()
	.transform((typed) => typed.toLowerCase())
	.pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/));

const oneName = ([first, ...rest]: readonly TypedWord[]) => (first === undefined || rest.length > 0 ? null : { name: first.text });

export const accountAddCommand = defineAdminCommand({
	name: 'account-add',
	split: ([first, ...rest]) => (first === undefined ? null : { name: first.text, fullName: rest.length === 0 ? null : joined(rest) }),
	arguments: z.object({ name: accountName, fullName: z.string().nullable() }),
	explain: (argument, words) => (argument === 'name' ? words.account.name : undefined),
	examples: ['account add lucia "Lucía Gil"'],
	showsWords: true,
	async runAsProgram(context, { name, fullName }) {
		const { account } = context.words;
		const address = await ordersOf(context).add(name, fullName ?? name);
		if (address === null) throw new CommandRefusal('name-taken', account.taken(name));
		return { result: [account.added(referenceOf(name)), account.link(address, linkMinutes)], change: changeOf(name) };
	},
});

export const accountResetCommand = defineAdminCommand({
	name: 'account-reset',
	split: oneName,
	arguments: z.object({ name: accountName }),
	examples: ['account reset lucia'],
	showsWords: true,
	async runAsProgram(context, { name }) {
		const { account } = context.words;
		const address = await ordersOf(context).reset(name);
		if (address === null) throw new CommandRefusal('nothing-there', account.unknown(name));
		return { result: [account.link(address, linkMinutes)], change: changeOf(name) };
	},
});

export const accountFactorCommand = defineAdminCommand({
	name: 'account-factor',
	split: oneName,
	arguments: z.object({ name: accountName }),
	examples: ['account factor lucia'],
	async runAsProgram(context, { name }) {
		const { account } = context.words;
		const isDropped = await ordersOf(context).dropSecondFactor(name);
		if (!isDropped) throw new CommandRefusal('nothing-there', account.noFactor(name));
		return { result: [account.factorDropped(name)], change: changeOf(name) };
	},
});

function ordersOf({ accounts, words }: ProgramContext): AccountOrders {
	if (accounts === null) throw new CommandRefusal('not-here', words.account.off);
	return accounts;
}

function referenceOf(name: string): string {
	return accountReference(localAccount(name));
}

function changeOf(name: string): Change {
	return { subjectUserId: null, details: { account: referenceOf(name) } };
}
