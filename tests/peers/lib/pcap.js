/*
 * What a relay has kept, as a capture file: so nobody needs the privilege to
 * capture. Each connection is opened, and numbered and acknowledged, as TCP
 * does; nothing is lost on the way, and time is of no importance.
 */
'use strict';

const MAGIC = 0xa1b2c3d4, LINKTYPE_RAW = 101; /* IP packets, no more */
const TCP = 6;
const SYN = 0x02, ACK = 0x10, PSH_ACK = 0x18;
const SEGMENT_MOST = 1400;

const CLIENT = { address: Buffer.from([10, 0, 0, 1]) };
const SERVER = { address: Buffer.from([10, 0, 0, 2]) };

/* The file's octets. Every connection's server has PORT. */
exports.file = (connections, port) => Buffer.concat([header(),
    ...connections.flatMap((passed, i) =>
        conversation(passed, { ...CLIENT, port: 49152 + i },
            { ...SERVER, port }))]);

function header() {
	const octets = Buffer.alloc(24);

	octets.writeUInt32LE(MAGIC, 0);
	octets.writeUInt16LE(2, 4); /* version 2.4 */
	octets.writeUInt16LE(4, 6);
	octets.writeUInt32LE(0xffff, 16); /* the longest packet */
	octets.writeUInt32LE(LINKTYPE_RAW, 20);
	return octets;
}

function conversation(passed, client, server) {
	const packets = [];
	const send = (from, to, flags, octets = Buffer.alloc(0)) => {
		packets.push(packet(from, to, flags, octets));
		from.next += octets.length + (flags & SYN ? 1 : 0);
	};

	client.next = server.next = 1000;
	send(client, server, SYN);
	send(server, client, SYN | ACK);
	send(client, server, ACK);
	for (const { fromClient, octets } of passed)
		for (let at = 0; at < octets.length; at += SEGMENT_MOST)
			send(fromClient ? client : server, fromClient ? server : client,
			    PSH_ACK, octets.subarray(at, at + SEGMENT_MOST));
	return packets;
}

/* A record of the file: its header, then IP, TCP and the octets. */
function packet(from, to, flags, octets) {
	const ip = Buffer.alloc(20), tcp = Buffer.alloc(20);
	const record = Buffer.alloc(16);
	const length = ip.length + tcp.length + octets.length;

	record.writeUInt32LE(length, 8);
	record.writeUInt32LE(length, 12);

	ip[0] = 0x45;
	ip.writeUInt16BE(length, 2);
	ip[8] = 64; /* hops */
	ip[9] = TCP;
	from.address.copy(ip, 12);
	to.address.copy(ip, 16);
	ip.writeUInt16BE(checksum(ip), 10);

	tcp.writeUInt16BE(from.port, 0);
	tcp.writeUInt16BE(to.port, 2);
	tcp.writeUInt32BE(from.next, 4);
	tcp.writeUInt32BE(flags & ACK ? to.next : 0, 8);
	tcp[12] = tcp.length / 4 << 4;
	tcp[13] = flags;
	tcp.writeUInt16BE(0xffff, 14); /* the window */
	return Buffer.concat([record, ip, tcp, octets]);
}

function checksum(octets) {
	let sum = 0;

	for (let at = 0; at < octets.length; at += 2)
		sum += octets.readUInt16BE(at);
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >>> 16);
	return ~sum & 0xffff;
}
