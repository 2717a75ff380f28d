// What the program prints when it opens no window.
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include "app/cli.h"
#include "app/native/kernel_account.h"
#include "app/recording.h"
#include "sim/export.h"

namespace homeroom::app {

// A line for each thread of a native class: what the kernel noted about it.
std::string accounts_table(const KernelAccounts& accounts, sim::Words words);

// Each returns the program's exit code: 0, or 1 when the run itself ended badly.
int print_summary(const Arguments& arguments, std::FILE* out);
int print_steps(const Arguments& arguments, std::FILE* out);
int print_lessons(std::FILE* out);
int print_quiz(const Arguments& arguments, std::FILE* out);
// --hand-out; 2 when the file cannot be written.
int write_hand_out(const Arguments& arguments);
// --export and --transcript; 2 when a file cannot be written.
int write_files(const Arguments& arguments, std::FILE* out);

bool write_file(const std::string& name, const std::string& text);  // false: it cannot be written

// A run's text for a file of this name: a trace for .json, counters for .csv, else a transcript.
std::string export_text(const std::string& file, const sim::Export& what);

// Lets the run go on until the moment comes after the first `from` decisions. Returns how many
// decisions have happened then; nothing: the run is over, and it has not come.
std::optional<std::size_t> run_until(Recording& recording, const sim::Until& moment,
                                     std::size_t from);

}  // namespace homeroom::app
