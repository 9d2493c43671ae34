/** A table whose rows PostgreSQL shows to whom they belong, with the file of a connector to it. */

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { stringify } from 'yaml';

export interface Commission {
	email: string;
	amount: number;
}

/** In an empty database, as its owner. @returns the text of the file. */
export async function fillCommissions(url: string, commissions: readonly Commission[]): Promise<string> {
	const { hostname: host, port, pathname } = new URL(url);
	const [database, user] = [pathname.slice(1), `reader_${randomUUID().replaceAll('-', '')}`];
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(`
			create table comisiones (vendedor text not null, importe integer not null);
			alter table comisiones enable row level security;
			create policy own on comisiones using (vendedor = current_setting('app.user_email', true));
			create role ${user} login;
			revoke create on schema public from public;
			revoke temporary on database ${database} from public;
			grant select on comisiones to ${user}`);
		for (const { email, amount } of commissions) await client.query('insert into comisiones values ($1, $2)', [email, amount]);
	} finally {
		await client.end();
	}
	const columns = { vendedor: { type: 'text' }, importe: { type: 'integer', description: { es: 'En euros', en: 'In euros' } } };
	return stringify({
		...{ version: 1, connector: 'comisiones', title: { es: 'Comisiones', en: 'Commissions' }, engine: 'postgresql', timeZone: 'UTC' },
		where: { host, port: Number(port), database, user, tls: 'off' },
		identity: { setting: 'app.user_email', proof: { view: 'comisiones', people: [...new Set(commissions.map(({ email }) => email))] } },
		views: { comisiones: { description: { es: 'Comisiones de cada vendedor', en: 'Commissions of each seller' }, columns } },
		questions: {
			'mi-comision': {
				description: { es: 'La comisión de quien pregunta', en: 'The commission of whoever asks' },
				phrases: { es: ['¿cuánta comisión tengo?'], en: ['how much commission do I have?'] },
				parameters: {},
				sql: 'select sum(importe) as importe from comisiones',
			},
		},
		roles: { employee: { views: ['comisiones'] } },
	});
}
