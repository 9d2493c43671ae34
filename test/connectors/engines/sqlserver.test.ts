import { describe } from 'vitest';
import { describeEngineContract } from '../engine.contract.ts';
import { openSqlServerStage } from './company-stage.ts';

/** Over many packets, and longer than a cell. */
const long = `ñ€😀${'ñ'.repeat(20_000)}`;

describe('SQL Server, emulated', () => {
	describeEngineContract(
		openSqlServerStage,
		{
			statements: [
				`create table valores (id integer primary key, entero bigint, decimales nvarchar(64), dia date, momento datetimeoffset(7), local datetime2(7),
				viejo datetime, hora time(7), cierto bit, octetos varbinary(10), doble float, simple real, guid uniqueidentifier, largo "nvarchar(max)", corto varchar(20))`,
				`insert into valores values (1, 9223372036854775807, '12345678901234567890.12345678901234567890', '2026-03-29',
				'2026-03-29 03:30:00.1234567 +02:00', '0001-01-01 23:59:59.9999999', '2026-03-29 02:30:00.003', '23:59:59.5', 1, x'00ff', 0.1, 0.1,
				'6F9619FF-8B86-D011-B42D-00C04FC964FF', '${long}', 'Íñigo')`,
				'insert into valores (id) values (2)',
				'grant select on valores to READER',
			],
			// As they are printed: the driver has no decimals.
			columns:
				'id, entero, convert(varchar(64), decimales, 2) as decimales, dia, momento, local, viejo, hora, cierto, octetos, doble, simple, guid, largo, corto',
			rows: [
				[
					...['1', '9223372036854775807', '12345678901234567890.12345678901234567890', '2026-03-29', '2026-03-29 03:30:00.1234567+02'],
					...['0001-01-01 23:59:59.9999999', '2026-03-29 02:30:00.003', '23:59:59.5', '1', '\\x00ff', '0.1', '0.1'],
					...['6F9619FF-8B86-D011-B42D-00C04FC964FF', `${long.slice(0, 10_000)}…`, 'Íñigo'],
				],
				['2', ...Array.from({ length: 14 }, () => null)],
			],
			binary: ['octetos'],
		},
		{ lock: ['begin transaction', 'select id from almacenes with (tablockx, holdlock)'], unlock: ['rollback transaction'] },
	);
});
