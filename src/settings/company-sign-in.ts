/** The settings of signing in on the web through the company's own OpenID provider. */

import { z } from 'zod';
import { isUserRole, rolePrefix, type UserRole } from '../database/roles.ts';
import type { RequiredClaim } from '../sessions/company-provider.ts';
import { onOrOff } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const local: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const issuer = z.string().refine((text) => {
	if (!URL.canParse(text)) return false;
	const { protocol, hostname, search, hash } = new URL(text);
	return `${search}${hash}` === '' && (protocol === 'https:' || (protocol === 'http:' && local.has(hostname)));
}, 'must be an address such as https://login.example.com/realms/company');

/** Names and addresses, which can be given to somebody else, or be claimed by them. */
const isNoAccount = (name: string) => /e-?mail|upn|name|nickname|phone/i.test(name);

const accountClaim = z
	.string()
	.min(1)
	.refine((name) => !isNoAccount(name), 'must be a claim that stays with one account for ever, such as sub: no name and no address');

const required = z.string().transform((text, context): RequiredClaim[] => {
	const parts = partsOf(text, ';').map((part) => /^([^=\s]+)\s*=\s*(.+)$/.exec(part));
	if (parts.every((part) => part !== null)) return parts.map(([, name = '', value = '']) => ({ name, value }));
	context.addIssue({ code: 'custom', message: 'must be claims such as hd=example.com, separated by semicolons' });
	return z.NEVER;
});

interface GroupRole {
	groupId: string;
	role: UserRole;
}

/** The name of a group may have any sign: what stands behind the last arrow is the role. */
const roles = z.string().transform((text, context): GroupRole[] => {
	const parts = partsOf(text, ';').map((part) => {
		const [, groupId = '', name = ''] = /^(.+?)\s*=>\s*([a-z][a-z0-9_]*)$/.exec(part) ?? [];
		const role = `${rolePrefix}${name}`;
		return groupId !== '' && isUserRole(role) ? { groupId, role } : null;
	});
	if (parts.length > 0 && parts.every((part) => part !== null)) return parts;
	context.addIssue({ code: 'custom', message: 'must be groups and roles such as staff => employee; it-team => lead' });
	return z.NEVER;
});

/** It vouches for anybody who has an account there, and says with this claim whose people somebody is of. */
const openToAll = { hostname: 'accounts.google.com', needs: 'hd' };

function partsOf(text: string, separator: string): string[] {
	return text
		.split(separator)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

export const companySignInSettings = defineSettings({
	variables: {
		OPENCCB_SIGN_IN_OPENID_ISSUER: issuer
			.optional()
			.describe('Issuer of an OpenID provider of the company (Keycloak, Authentik, Google); lets its accounts sign in on the web'),
		OPENCCB_SIGN_IN_OPENID_ID: z.string().min(1).optional().describe('Client id that it knows this program by'),
		OPENCCB_SIGN_IN_OPENID_SECRET: z.string().min(1).optional().describe('Client secret of that'),
		OPENCCB_SIGN_IN_OPENID_TITLE: z.string().min(1).max(40).default('OpenID').describe('What people call it: “Sign in with …”'),
		OPENCCB_SIGN_IN_OPENID_SCOPE: z
			.string()
			.refine((text) => text.split(' ').includes('openid'), 'must contain openid')
			.default('openid profile')
			.describe('Scopes that it is asked for, separated by spaces'),
		OPENCCB_SIGN_IN_OPENID_ACCOUNT: accountClaim
			.default('sub')
			.describe('Which of its claims is the account: one that it gives nobody else, ever'),
		OPENCCB_SIGN_IN_OPENID_GROUPS: z.string().min(1).default('groups').describe('Which of its claims has the groups'),
		OPENCCB_SIGN_IN_OPENID_REQUIRED: required
			.optional()
			.describe('Claims without whose value nobody gets in, separated by semicolons: hd=example.com (Google needs it)'),
		OPENCCB_SIGN_IN_OPENID_ROLES: roles
			.optional()
			.describe(
				'Which role each group stands for, separated by semicolons: staff => employee; it-team => lead. Whoever is in none gets in no more',
			),
		OPENCCB_SIGN_IN_OPENID_ADMINS: onOrOff.describe('Whether one of these roles may be admin (on or off)'),
	},
	secrets: ['OPENCCB_SIGN_IN_OPENID_SECRET'],
	/** Null where it is not switched on. */
	group(values) {
		const {
			OPENCCB_SIGN_IN_OPENID_ISSUER: address,
			OPENCCB_SIGN_IN_OPENID_ID: clientId,
			OPENCCB_SIGN_IN_OPENID_SECRET: clientSecret,
		} = values;
		if (address === undefined || clientId === undefined || clientSecret === undefined) return null;
		return {
			...{ issuer: address, clientId, clientSecret },
			title: values.OPENCCB_SIGN_IN_OPENID_TITLE,
			scope: values.OPENCCB_SIGN_IN_OPENID_SCOPE,
			accountClaim: values.OPENCCB_SIGN_IN_OPENID_ACCOUNT,
			groupsClaim: values.OPENCCB_SIGN_IN_OPENID_GROUPS,
			required: values.OPENCCB_SIGN_IN_OPENID_REQUIRED ?? [],
			roles: values.OPENCCB_SIGN_IN_OPENID_ROLES ?? null,
		};
	},
	contradictions(values) {
		const { OPENCCB_SIGN_IN_OPENID_ISSUER: address, OPENCCB_SIGN_IN_OPENID_ROLES: given = [] } = values;
		const needed = ['OPENCCB_SIGN_IN_OPENID_ISSUER', 'OPENCCB_SIGN_IN_OPENID_ID', 'OPENCCB_SIGN_IN_OPENID_SECRET'] as const;
		const missing = needed.filter((name) => values[name] === undefined);
		const makesAdmins = given.some(({ role }) => role === 'ccb_admin') && !values.OPENCCB_SIGN_IN_OPENID_ADMINS;
		return [
			...(missing.length === 0 || missing.length === needed.length
				? []
				: [`${missing.join(' and ')} missing beside the others of its kind`]),
			...(makesAdmins ? ['OPENCCB_SIGN_IN_OPENID_ROLES makes administrators and needs OPENCCB_SIGN_IN_OPENID_ADMINS=on beside it'] : []),
			...(address === undefined ? [] : openToAnybody(new URL(address), values.OPENCCB_SIGN_IN_OPENID_REQUIRED ?? [])),
		];
	},
});

function openToAnybody(address: URL, claims: readonly RequiredClaim[]): string[] {
	const [, tenant = ''] = address.pathname.split('/');
	if (address.hostname === 'login.microsoftonline.com' && ['common', 'organizations', 'consumers'].includes(tenant)) {
		return ['OPENCCB_SIGN_IN_OPENID_ISSUER is shared by all tenants: name the one of the company, or use OPENCCB_SIGN_IN_ENTRA_ID'];
	}
	return address.hostname !== openToAll.hostname || claims.some(({ name }) => name === openToAll.needs)
		? []
		: [`OPENCCB_SIGN_IN_OPENID_ISSUER vouches for anybody and needs OPENCCB_SIGN_IN_OPENID_REQUIRED=${openToAll.needs}=… beside it`];
}
