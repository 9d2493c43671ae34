/** A MariaDB of the test run's own: made empty, tuned for speed over safety, thrown away. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2';
import { unprivilegedAccount } from './postgres-server.ts';
import { createServerFolder, type RunningServer, runProgram, startServer } from './server-process.ts';

/** Nothing here has to survive a power cut, and what is written is small. */
const settings = [
	'--no-defaults',
	'--innodb-data-file-path=ibdata1:4M:autoextend',
	'--innodb-temp-data-file-path=ibtmp1:4M:autoextend',
	'--innodb-log-file-size=8M',
	'--innodb-buffer-pool-size=16M',
	'--innodb-flush-log-at-trx-commit=0',
	'--innodb-flush-method=nosync',
	'--bind-address=127.0.0.1',
	'--skip-name-resolve',
	'--socket=',
];

/** What `mariadb-install-db` runs too; that needs programs of another package. */
const systemTables = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'];
const userName = 'tester';

/**
 * @param path the `mariadbd` program.
 * @param holder where its data lie; the system's temporary folder when not given.
 * @returns the server, its url as a user who may do everything, without a password.
 * @throws Error when its data could not be made or it did not come up.
 */
export async function startMariadb(path: string, holder?: string): Promise<RunningServer> {
	const account = unprivilegedAccount();
	const folder = createServerFolder('mariadb', account, holder);
	runProgram(path, [...settings, '--bootstrap', `--datadir=${folder}`], account, beginning());
	return startServer((port) => {
		const url = `mariadb://${userName}@127.0.0.1:${port}`;
		return {
			url,
			path,
			arguments: [...settings, `--datadir=${folder}`, `--port=${port}`, `--pid-file=${join(folder, 'server.pid')}`],
			stopSignal: 'SIGTERM',
			folder,
			account,
			probe: () => probe(port),
		};
	});
}

/** A statement a line, or up to a semicolon at the end of one: more the server does not read while it is made. */
function beginning(): string {
	const user = `${userName}@'127.0.0.1'`;
	return [
		'create database mysql;',
		'use mysql;',
		...systemTables.map((name) => readFileSync(join('/usr/share/mysql', name), 'utf8')),
		'flush privileges;',
		`create user ${user};`,
		`grant all privileges on *.* to ${user} with grant option;`,
		'',
	].join('\n');
}

function probe(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const connection = createConnection({ host: '127.0.0.1', port, user: userName, connectTimeout: 2_000 });
		connection.on('error', () => {}); // `connect` reports it
		connection.connect((error) => {
			connection.destroy();
			if (error === null) resolve();
			else reject(error);
		});
	});
}
