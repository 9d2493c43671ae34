import { describe } from 'vitest';
import { describeEngineContract } from '../engine.contract.ts';
import { openPostgresqlStage } from './company-stage.ts';

describe('PostgreSQL', () => {
	describeEngineContract(
		openPostgresqlStage,
		{
			statements: [
				`create table valores (id integer primary key, entero bigint, decimales numeric(40, 20), dia date, momento timestamptz, local timestamp,
				cierto boolean, octetos bytea, datos jsonb, real double precision)`,
				`insert into valores values (1, 9223372036854775807, 12345678901234567890.12345678901234567890, '2026-03-29', '2026-03-29 01:30:00.123456+00',
				'2026-03-29 02:30:00', true, '\\x00ff', '{"n": 12345678901234567890}', 0.1), (2, null, null, 'infinity', null, null, null, null, null, 'NaN')`,
				'grant select on valores to READER',
			],
			rows: [
				[
					...['1', '9223372036854775807', '12345678901234567890.12345678901234567890', '2026-03-29', '2026-03-29 03:30:00.123456+02'],
					...['2026-03-29 02:30:00', 'true', '\\x00ff', '{"n": 12345678901234567890}', '0.1'],
				],
				['2', null, null, 'infinity', null, null, null, null, null, 'NaN'],
			],
			binary: ['octetos'],
		},
		{ lock: ['begin', 'lock table almacenes in access exclusive mode'], unlock: ['rollback'] },
	);
});
