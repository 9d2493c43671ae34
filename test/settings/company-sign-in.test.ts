import { describe, expect, it } from 'vitest';
import { inspectSettings, readSettings } from '#src/settings/settings.ts';

const given = {
	OPENCCB_SIGN_IN_OPENID_ISSUER: 'https://login.example.com/realms/company',
	OPENCCB_SIGN_IN_OPENID_ID: 'openccb',
	OPENCCB_SIGN_IN_OPENID_SECRET: 'secret',
};

describe('the settings of a provider of the company', () => {
	it('are those of most, where nothing else is said, and none where it is not switched on', () => {
		expect(readSettings({}).signIn.company).toBeNull();
		expect(readSettings(given).signIn.company).toEqual({
			...{ issuer: 'https://login.example.com/realms/company', clientId: 'openccb', clientSecret: 'secret', title: 'OpenID' },
			...{ scope: 'openid profile', accountClaim: 'sub', groupsClaim: 'groups', required: [], roles: null },
		});
	});

	it('say which role each group stands for, whatever it is called, and what has to be claimed', () => {
		const { company } = readSettings({
			...given,
			OPENCCB_SIGN_IN_OPENID_ROLES: 'cn=staff,ou=groups => employee; a => b => lead;it=>admin',
			OPENCCB_SIGN_IN_OPENID_ADMINS: 'on',
			OPENCCB_SIGN_IN_OPENID_REQUIRED: 'hd=example.com; https://example.com/kind = a=b',
		}).signIn;
		expect(company?.roles).toEqual([
			{ groupId: 'cn=staff,ou=groups', role: 'ccb_employee' },
			{ groupId: 'a => b', role: 'ccb_lead' },
			{ groupId: 'it', role: 'ccb_admin' },
		]);
		expect(company?.required).toEqual([
			{ name: 'hd', value: 'example.com' },
			{ name: 'https://example.com/kind', value: 'a=b' },
		]);
	});

	it.each([
		[{ OPENCCB_SIGN_IN_OPENID_ID: '' }, 'OPENCCB_SIGN_IN_OPENID_ID missing'],
		[{ OPENCCB_SIGN_IN_OPENID_ISSUER: 'http://login.example.com' }, 'must be an address'],
		[{ OPENCCB_SIGN_IN_OPENID_ISSUER: 'https://accounts.google.com' }, 'vouches for anybody'],
		[{ OPENCCB_SIGN_IN_OPENID_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }, 'shared by all tenants'],
		[{ OPENCCB_SIGN_IN_OPENID_ACCOUNT: 'email' }, 'no name and no address'],
		[{ OPENCCB_SIGN_IN_OPENID_ACCOUNT: 'preferred_username' }, 'no name and no address'],
		[{ OPENCCB_SIGN_IN_OPENID_SCOPE: 'profile' }, 'must contain openid'],
		[{ OPENCCB_SIGN_IN_OPENID_ROLES: 'it => admin' }, 'needs OPENCCB_SIGN_IN_OPENID_ADMINS=on'],
		[{ OPENCCB_SIGN_IN_OPENID_ROLES: 'it => registrar' }, 'must be groups and roles'],
		[{ OPENCCB_SIGN_IN_OPENID_ROLES: 'it' }, 'must be groups and roles'],
		[{ OPENCCB_SIGN_IN_OPENID_REQUIRED: 'hd' }, 'must be claims'],
	])('refuse %j', (changed, problem) => {
		const { problems } = inspectSettings({ ...given, ...changed });
		expect(problems).toEqual([expect.stringContaining(problem)]);
	});

	it('take Google with a domain of it', () => {
		const google = { OPENCCB_SIGN_IN_OPENID_ISSUER: 'https://accounts.google.com', OPENCCB_SIGN_IN_OPENID_REQUIRED: 'hd=example.com' };
		expect(inspectSettings({ ...given, ...google }).problems).toEqual([]);
	});
});
