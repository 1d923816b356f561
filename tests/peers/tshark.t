#!/usr/bin/env node
/*
 * Every PDU that the gateway sends, read by tshark: without a complaint, and
 * as npm's smpp has read it.
 */
'use strict';

const assert = require('assert/strict');

const { test, run, skip } = require('./lib/tap');
const tshark = require('./lib/tshark');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}
if (!tshark.isThere())
	skip('tshark is not installed');

const { PDU } = require('smpp');

const { Handset } = require('./lib/handset');
const { folder, meet } = require('./lib/meeting');
const { frame } = require('./lib/operator');
const samples = require('./lib/samples');

const COMMANDS = ['bind_transceiver', 'data_sm_resp', 'deliver_sm_resp',
    'enquire_link', 'enquire_link_resp', 'generic_nack', 'submit_sm', 'unbind',
    'unbind_resp'];

const UDHI = 6; /* where the GSM features stand in esm_class */

/* ---- what is broken is found */

const GOOD = [
	new PDU('bind_transceiver', { sequence_number: 1, system_id: 'mlango',
	    password: 'secret', interface_version: 0x34 }).toBuffer(),
	new PDU('submit_sm', { sequence_number: 2, destination_addr: '255712345678',
	    short_message: 'Karibu', data_coding: 0, ussd_service_op: 2,
	    its_session_info: Buffer.from([7, 2]) }).toBuffer(),
];
const SM_LENGTH = GOOD[1].indexOf('Karibu') - 1;
const LAST_TLV_LENGTH = GOOD[1].length - 3;

/* What the client says, and what is said of it. */
const broken = {
	'whose text goes past its end':
	    [[GOOD[0], withOctet(SM_LENGTH, 99)], /Malformed Packet/],
	'that ends in an address': [[GOOD[0], cut(24)], /Malformed Packet/],
	'whose TLV goes past its end':
	    [[GOOD[0], withOctet(LAST_TLV_LENGTH, 9)], /opt_param_len': '9'/],
	'that is not there': [[GOOD[0]], /Expected values/],
	'that comes twice': [[...GOOD, GOOD[1]], /Expected values/],
};

test('a stream as it should be passes', () => judgeOctets('good', GOOD));

for (const [kind, [octets, message]] of Object.entries(broken))
	test(`a PDU ${kind} does not`, () =>
	    assert.rejects(judgeOctets(kind, octets), { message }));

function withOctet(at, value) {
	const octets = Buffer.from(GOOD[1]);

	octets[at] = value;
	return octets;
}

function cut(length) {
	const octets = Buffer.from(GOOD[1].subarray(0, length));

	octets.writeUInt32BE(length, 0);
	return octets;
}

function judgeOctets(name, sent) {
	return judge(name,
	    [sent.map(octets => ({ fromClient: true, octets }))],
	    GOOD.map(octets => new PDU(octets)));
}

/* ---- what we say is right */

for (const dialect of ['spec', 'tata', 'address-only'])
	test(`tshark reads all that we say in ${dialect}`, async t => {
		const { longResult } = samples;
		const { operator, relay, gateway, bind } = await meet(t, {
			link: { dialect, enquire_s: 1 }, relayed: true,
			rows: { [longResult.path]: longResult.answer } });

		await sayEverything(bind, new Handset(bind, dialect));
		await bind.ask('unbind');
		await bind.closed();
		await operator.bound();
		assert.equal(await gateway.stop(), 0);

		assert.deepEqual([...new Set(operator.heard.map(pdu => pdu.command))]
		    .sort(), COMMANDS);
		await judge(dialect, relay.connections, operator.heard);
	});

/* Asks for one of each that the gateway has to say while it is bound. */
async function sayEverything(bind, handset) {
	await handset.talk(samples.bill);
	await handset.sms();
	await handset.text(samples.longResult.question);
	await handset.sms();
	await handset.sms();
	await handset.deliver({ source_addr: '', ussd_service_op: 1 });
	await bind.ask('data_sm', { source_addr: handset.number,
	    destination_addr: '15200', message_payload: 'DENI A1234567' });
	await handset.sms();
	bind.write(frame(0x00000abc, 7000));
	await bind.response(7000);
	await bind.ask('enquire_link');
	await bind.heard('enquire_link');
}

/* ---- two readers, one reading */

async function judge(name, connections, heard) {
	const { pdus, complaints } = await tshark.read(connections,
	    `${folder}/${name}.pcap`);

	assert.deepEqual(complaints, []);
	assert.deepEqual(pdus.map(asTsharkReads), heard.map(asNpmReads));
}

function asTsharkReads(pdu) {
	const number = name => pdu[name] && Number(pdu[name]);

	return {
		command: number('smpp.command_id'),
		length: number('smpp.command_length'),
		status: number('smpp.command_status') ?? 0,
		sequence: number('smpp.sequence_number'),
		system_id: pdu['smpp.system_id'],
		source: pdu['smpp.source_addr'],
		destination: pdu['smpp.destination_addr'],
		features: number('smpp.esm.submit.features'),
		receipt: number('smpp.regdel.receipt'),
		coding: number('smpp.data_coding'),
		text: pdu['smpp.message_text'],
		tlvs: tshark.list(pdu['smpp.opt_params']?.['smpp.opt_param']),
	};
}

function asNpmReads(pdu) {
	return {
		command: pdu.command_id,
		length: pdu.command_length,
		status: pdu.command_status,
		sequence: pdu.sequence_number,
		system_id: pdu.system_id,
		source: pdu.source_addr,
		destination: pdu.destination_addr,
		features: pdu.esm_class && pdu.esm_class >> UDHI,
		receipt: pdu.registered_delivery,
		coding: pdu.data_coding,
		text: pdu.short_message?.message,
		tlvs: [...opInWords(pdu), ...sessionInWords(pdu)],
	};
}

function opInWords({ ussd_service_op: op }) {
	return op === undefined ? [] : [{
		'smpp.opt_param_tag': '0x0501',
		'smpp.opt_param_len': '1',
		'smpp.ussd_service_op': String(op),
	}];
}

function sessionInWords({ its_session_info: info }) {
	return info === undefined ? [] : [{
		'smpp.opt_param_tag': '0x1383',
		'smpp.opt_param_len': String(info.length),
		'smpp.its_session.number': String(info[0]),
		'smpp.its_session.sequence': hex(info[1] >> 1),
		'smpp.its_session.ind': hex(info[1] & 1),
	}];
}

function hex(octet) {
	return `0x${octet.toString(16).padStart(2, '0')}`;
}

run();
