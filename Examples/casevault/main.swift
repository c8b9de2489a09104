// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

Host.exit(Program.run(Array(CommandLine.arguments.dropFirst())))
