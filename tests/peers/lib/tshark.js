/*
 * tshark: whose knowledge of SMPP is neither ours nor that of npm's smpp.
 */
'use strict';

const { execFile, execFileSync } = require('child_process');
const fs = require('fs');
const { promisify } = require('util');

const pcap = require('./pcap');

const PORT = 2775;
const JSON_MOST = 1 << 28;

/* Severities of expert information: what is no more than a chat is none. */
const CHAT = 0x00200000;

exports.isThere = () => {
	try {
		execFileSync('tshark', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};

/* What relays have kept, as tshark reads it from FILE: each PDU of the clients
 * or of the servers, by tshark's names, and what tshark has to complain of. */
exports.read = async (connections, file, { ofServers }) => {
	fs.writeFileSync(file, pcap.file(connections, PORT));
	const { stdout } = await promisify(execFile)('tshark', ['-r', file,
	    '-d', `tcp.port==${PORT},smpp`,
	    '-o', 'smpp.decode_sms_over_smpp:GSM 7-bit',
	    '-T', 'json', '--no-duplicate-keys'], { maxBuffer: JSON_MOST });
	const end = ofServers ? 'tcp.srcport' : 'tcp.dstport';
	const frames = JSON.parse(stdout).map(frame => frame._source.layers)
	    .filter(layers => layers.tcp[end] === String(PORT));

	return {
		pdus: frames.flatMap(layers => list(layers.smpp)),
		complaints: frames.flatMap(complaints),
	};
};

/* One is no list, and none is not there. */
const list = exports.list = value =>
    value === undefined ? [] : [value].flat();

/* Wherever they stand in what was made of a frame. */
function complaints(tree) {
	if (tree === null || typeof tree !== 'object')
		return [];
	const own = Number(tree['_ws.expert.severity'] ?? 0) > CHAT ?
	    [tree['_ws.expert.message']] : [];

	return [...own, ...Object.values(tree).flatMap(complaints)];
}
