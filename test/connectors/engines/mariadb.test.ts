import { describe } from 'vitest';
import { describeEngineContract } from '../engine.contract.ts';
import { openMariadbStage } from './company-stage.ts';

describe('MariaDB', () => {
	describeEngineContract(
		openMariadbStage,
		{
			statements: [
				`create table valores (id integer primary key, entero bigint, decimales decimal(40, 20), dia date, momento timestamp(6) null, duracion time,
				cierto boolean, octetos blob, datos json, doble double) charset utf8mb4`,
				"set time_zone = '+00:00'",
				`insert into valores values (1, 9223372036854775807, 12345678901234567890.12345678901234567890, '2026-03-29', '2026-03-29 01:30:00.123456',
				'838:59:59', true, x'00ff', '{"n": 12345678901234567890}', 0.1), (2, null, null, null, null, null, null, null, null, null)`,
				'grant select on valores to READER',
			],
			rows: [
				[
					...['1', '9223372036854775807', '12345678901234567890.12345678901234567890', '2026-03-29', '2026-03-29 01:30:00.123456'],
					...['838:59:59', '1', '\\x00ff', '{"n": 12345678901234567890}', '0.1'],
				],
				['2', null, null, null, null, null, null, null, null, null],
			],
			binary: ['octetos'],
		},
		{ lock: ['lock tables almacenes write'], unlock: ['unlock tables'] },
	);
});
