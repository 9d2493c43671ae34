import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout, openServer, type Server, serverName } from './server.ts';

/** All that the setup writes and nobody else; secrets and what is made of them by name alone, since chance made them. */
const listing = `
find /etc/openccb /etc/systemd/system/openccb* /etc/redis/redis-openccb.conf /opt/openccb /var/lib/openccb-setup -printf '%p %m %u %g %l\\n' | sort
find /etc/openccb /opt/openccb /etc/systemd/system/openccb* -type f -not -path '*/secrets/*' -not -name 'backup.*' -exec sha256sum {} + | sort`;
const started = 'systemctl show --property InvocationID,ActiveState openccb.service';

/** Until it hears people again: a socket that is not there yet hears nothing. */
const start = `systemctl start openccb
/opt/openccb/current/node /opt/openccb/current/scripts/setup/wait-ready.mjs http://127.0.0.1:9464/readyz 180`;

/** Everything but the distribution's packages goes. */
const wipe = `
systemctl disable --now openccb openccb-proxy openccb-backup.timer redis-server@openccb
runuser -u postgres -- psql -q -c 'drop database openccb' -c 'drop owned by openccb' -c 'drop role openccb'
rm -rf /etc/openccb /etc/systemd/system/openccb* /var/lib/private/openccb-proxy /etc/redis/redis-openccb.conf /opt/openccb/current /opt/openccb/releases /var/lib/openccb /var/lib/openccb-setup /var/cache/openccb
userdel openccb; systemctl daemon-reload`;

describe('a fresh Debian 12', () => {
	let server: Server;
	let whole: string;
	beforeAll(async () => {
		server = await openServer(process.env['OPENCCB_PROOF_FOLDER'] ?? '');
	});
	afterAll(async () => await server.close());

	it('shows what it would do and does nothing', async () => {
		const { code, output } = await server.setup({ more: ['--dry-run'] });
		expect(output).toContain('postgresql');
		expect(code).toBe(0);
		await expect(server.run('ls /etc/openccb')).rejects.toThrow();
	});

	it('loses its setup while packages are installed, and answers once the setup has run again', async () => {
		const killed = await server.setup({ killAt: 'Installing packages' });
		expect(killed.code).toBe(137);
		const { code, output } = await server.setup();
		expect(code, output).toBe(0);
		expect(await server.ask('Are you there?')).toBe('You asked: Are you there?');
		whole = await server.run(listing);
	});

	it('runs in a sandbox, with its secrets for nobody else to read', async () => {
		const exposure = await server.run('systemd-analyze security --threshold=20 openccb.service | tail -n 1');
		expect(exposure).toContain('OK');
		expect(await server.run('stat -c "%a %u %g" /etc/openccb/secrets/*')).toBe(Array(4).fill('440 0 10001').join('\n'));
		expect(await server.run('stat -c %u /proc/$(systemctl show --property MainPID --value openccb)')).toBe('10001');
		const units = 'openccb.service openccb-proxy.service openccb-backup.service openccb-backup.timer';
		expect(await server.run(`systemd-analyze verify ${units} 2>&1 | grep -v -i "man page" || true`)).toBe('');
	});

	it('answers by HTTPS under its name, without rights beyond its two ports', async () => {
		const ask = (path: string) =>
			server.run(`curl --silent --cacert /var/lib/private/openccb-proxy/caddy/pki/authorities/local/root.crt \
				--output /dev/null --write-out '%{http_code} %{redirect_url}' ${path}`);
		await expect.poll(() => ask(`https://${serverName}/metrics`).catch(String), { timeout: 60_000 }).toBe('404');
		expect(await ask(`http://${serverName}/slack/events`)).toBe(`308 https://${serverName}/slack/events`);
		expect(await ask(`https://${serverName}/slack/events`)).toBe('404');
		await server.run('systemctl stop openccb');
		expect(await ask(`https://${serverName}/slack/events`)).toMatch(/^50[23]$/);
		await server.run(start);
		expect(await server.run('systemd-analyze security --threshold=20 openccb-proxy.service | tail -n 1')).toContain('OK');
		expect(await server.run('stat -c %u /proc/$(systemctl show --property MainPID --value openccb-proxy)')).not.toBe('0');
	});

	it('is backed up by its timer, and is restored from that', async () => {
		expect(await server.run('systemctl list-timers openccb-backup.timer')).toContain('openccb-backup.service');
		await server.run('systemctl start openccb-backup.service');
		expect(await server.run('cat /var/lib/openccb-backup/openccb_backup.prom')).toContain(
			'openccb_backup_last_verified_timestamp_seconds ',
		);
		expect(await server.ask('Later?')).toBe('You asked: Later?');
		await server.run('systemctl stop openccb');
		const restore = '/opt/openccb/current/scripts/restore.sh';
		const output = await server.run(
			`bash ${restore} latest --yes --replace --identity /etc/openccb/backup.key && bash ${restore} --forget`,
		);
		expect(output).toContain('Restored: the bot as it was');
		await server.run(start);
		expect(await server.ask('As before?')).toBe('You asked: As before?');
	});

	it('has nothing to do the second time', async () => {
		const before = await server.run(started);
		const { code, output } = await server.setup();
		expect(output).toContain('Nothing to do');
		expect(code).toBe(0);
		expect(await server.run(listing)).toBe(whole);
		expect(await server.run(started)).toBe(before);
	});

	it('starts nothing with a wrong token, and goes on with what it has', async () => {
		const before = await server.run(started);
		await server.run('echo xoxb-wrong >/root/wrong');
		const { code, output } = await server.setup({ more: ['--secret', 'SLACK_BOT_TOKEN=/root/wrong'] });
		expect(output).toContain('the doctor found');
		expect(code).toBe(1);
		expect(await server.run(started)).toBe(before);
		expect(await server.run(listing)).toBe(whole);
		expect(await server.run('cat /etc/openccb/secrets/SLACK_BOT_TOKEN')).not.toContain('wrong');
		expect(await server.ask('Still there?')).toBe('You asked: Still there?');
	});

	it('is updated while it runs, and undoes an update that is no good', async () => {
		const update = async (run: string, added: string) => {
			await server.run(
				`rm -rf /srv/new && mkdir /srv/new && cd /srv/openccb && . scripts/setup/parts/sources.sh && cp -r "\${sources[@]}" /srv/new && echo "${added}" >>/srv/new/src/main.ts`,
			);
			const deploy = 'bash /srv/new/scripts/deploy/server.sh';
			return await server.run(
				`cd /srv/new && tar -c -z . | ${deploy} receive ${run} && ${deploy} start ${run} update 40 yes && ${deploy} follow ${run}`,
			);
		};
		const release = 'basename "$(readlink /proc/$(systemctl show --property MainPID --value openccb)/cwd)"';
		const before = await server.run(release);
		const crash = await update('bad', "throw new Error('broken');");
		expect(crash).toContain(`failed\t${before}`);
		expect(await server.run(release)).toBe(before);
		const good = await update('good', '// Newer.');
		expect(good).toContain(`finished\t${await server.run(release)}\t${before}`);
		expect(await server.run('ls /run/systemd/system')).not.toContain('openccb');
		expect(await server.ask('Are you new?')).toBe('You asked: Are you new?');
		expect(
			await server.run(
				`bash /srv/new/scripts/deploy/server.sh start back rollback 40 yes && bash /srv/new/scripts/deploy/server.sh follow back`,
			),
		).toContain(`finished\t${before}`);
		await server.run('systemctl is-active openccb');
	});

	it('makes no new secret for a database that is there', async () => {
		await server.run('mv /etc/openccb/secrets/DATABASE_URL /root/kept');
		const { code, output } = await server.setup();
		expect(output).toContain('the secret DATABASE_URL is missing');
		expect(code).toBe(1);
		await server.run('test ! -e /etc/openccb/secrets/DATABASE_URL && mv /root/kept /etc/openccb/secrets/DATABASE_URL');
	});

	it('refuses data that belong to somebody else', async () => {
		await server.run('touch /var/lib/openccb/restored');
		const { code, output } = await server.setup();
		expect(output).toContain('/var/lib/openccb/restored belongs to another account');
		expect(code).toBe(1);
		await server.run('rm /var/lib/openccb/restored');
	});

	it('is the same in the end when each phase is interrupted on the way', async () => {
		await server.run(`cp /etc/openccb/backup.key /root && ${wipe}`);
		for (const killAt of [
			'the account and the program',
			'Installing the program',
			'Keeping settings',
			'Preparing the database',
			'Loading the model',
			'Trying every',
			'Starting openccb',
			'Putting HTTPS',
			'Looking at backups',
		]) {
			expect(await server.setup({ killAt })).toMatchObject({ code: 137 });
		}
		const { code, output } = await server.setup();
		expect(code, output).toBe(0);
		expect(await server.run(listing)).toBe(whole);
		expect(await server.ask('And now?')).toBe('You asked: And now?');
	});

	it('has everything again that a server had which is gone, by the steps of docs/operations.md', async () => {
		const asked = `runuser -u postgres -- psql -q -t -A openccb -c "select count(*) from messages where role = 'user' and content like '%Are you there?%'"`;
		expect(await server.run(asked)).toBe('0');
		await server.run('systemctl stop openccb');
		const backup = '$(ls /var/backups/openccb/nightly/*.age | tail -n 1)';
		await server.run(`bash ${checkout}/scripts/restore.sh ${backup} --identity /root/backup.key --replace --yes`);
		await server.run(start);
		expect(await server.run(asked)).toBe('1');
		expect(await server.ask('Who am I?')).toBe('You asked: Who am I?');
	});
});
