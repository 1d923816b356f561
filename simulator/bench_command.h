/*
 * mlango bench: closed- and open-loop load through real SMPP.
 */
#ifndef SIMULATOR_BENCH_COMMAND_H
#define SIMULATOR_BENCH_COMMAND_H

int bench_command(int argc, char **argv);

#endif
